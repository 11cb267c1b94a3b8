import { fakeClock } from "@tongdai/shared/testing";
import { describe, expect, test } from "vitest";
import { parseAuth } from "../message/index.ts";
import { request } from "../testing/requests.ts";
import { createAuthenticator, createCredentials, digest, ha1 } from "./index.ts";

describe("the digest", () => {
  test("is that of RFC 2617 3.5", () => {
    const secret = ha1("MD5", "Mufasa", "testrealm@host.com", "Circle Of Life");
    const parts = { secret, method: "GET", uri: "/dir/index.html", nc: "00000001", cnonce: "0a4f113b" };
    expect(digest({ ...parts, algorithm: "MD5", nonce: "dcd98b7102dd2f0e8b11d0f600bfb0c093" })).toBe(
      "6629fae49393a05397450978507c4ef1",
    );
  });

  test.for([
    ["MD5", "8ca523f5e9506fed4657c9700eebdbec"],
    ["SHA-256", "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"],
  ] as const)("is that of RFC 7616 3.9.1 with %s", ([algorithm, expected]) => {
    const given = {
      algorithm,
      secret: ha1(algorithm, "Mufasa", "http-auth@example.org", "Circle of Life"),
      method: "GET",
      uri: "/dir/index.html",
      nonce: "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v",
      nc: "00000001",
      cnonce: "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ",
    };
    expect(digest(given)).toBe(expected);
  });
});

function bench() {
  const clock = fakeClock();
  const credentials = createCredentials(clock, "secret");
  const ended = new Set<string>();
  let ids = 0;
  const authenticator = createAuthenticator({
    clock,
    credentials,
    realm: "tongdai",
    key: Buffer.alloc(32, 1),
    randomId: () => `r${++ids}`,
    revoked: (session) => ended.has(session),
  });
  const login = credentials.mint({ user: "lan", session: "s1" }, 3_600_000);
  const verify = (authorization?: string, method = "REGISTER") =>
    authenticator.verify(
      request(method, { headers: authorization === undefined ? [] : [`Authorization: ${authorization}`] }),
    );
  const nonce = (authorization?: string) => {
    const verdict = verify(authorization);
    if (verdict.kind !== "challenge") throw new Error("no challenge");
    return parseAuth(verdict.headers[0]?.value ?? "").params.get("nonce") ?? "";
  };
  const answer = (
    to: string,
    changes: Partial<Record<"nc" | "username" | "password" | "algorithm" | "qop", string>> = {},
  ) => {
    const { nc = "00000001", username = login.username, password = login.password, qop = "auth" } = changes;
    const algorithm = changes.algorithm === "SHA-256" ? "SHA-256" : "MD5";
    const parts = { algorithm, method: "REGISTER", uri: "sip:tongdai", nonce: to, nc, cnonce: "c" } as const;
    const response = digest({ ...parts, secret: ha1(algorithm, username, "tongdai", password) });
    return `Digest username="${username}", realm="tongdai", nonce="${to}", uri="sip:tongdai", response="${response}", algorithm=${changes.algorithm ?? "MD5"}, cnonce="c", qop=${qop}, nc=${nc}`;
  };
  const state = (authorization: string, method?: string): string => {
    const verdict = verify(authorization, method);
    if (verdict.kind === "known") return `${verdict.login.user}/${verdict.login.session}`;
    return verdict.headers[0]?.value.includes("stale=true") ? "stale" : verdict.wrong ? "wrong" : "asked";
  };
  return { clock, credentials, ended, nonce, answer, state, verify };
}

describe("who asks", () => {
  test("is known by the right answer, with either algorithm", () => {
    const { nonce, answer, state } = bench();
    expect(state(answer(nonce()))).toBe("lan/s1");
    expect(state(answer(nonce(), { algorithm: "SHA-256" }))).toBe("lan/s1");
  });

  test("is challenged with MD5 alone, since SIP.js gives up on more", () => {
    const verdict = bench().verify();
    expect(verdict.kind === "challenge" && verdict.headers.map((h) => h.value)).toEqual([
      expect.stringContaining("algorithm=MD5"),
    ]);
  });

  test("may use a nonce again with a higher count, never with one that was used", () => {
    const { nonce, answer, state } = bench();
    const n = nonce();
    const counts = ["00000001", "00000002", "00000002", "00000001", "0000000a", "00000009"];
    expect(counts.map((nc) => state(answer(n, { nc })))).toEqual([
      "lan/s1",
      "lan/s1",
      "stale",
      "stale",
      "lan/s1",
      "stale",
    ]);
  });

  test("with an old nonce is told so, and need not ask for the password again", () => {
    const { clock, nonce, answer, state } = bench();
    const n = nonce();
    clock.advance(300_001);
    expect(state(answer(n))).toBe("stale");
  });

  test("with a nonce that we did not make is stale, as after a restart", () => {
    const { answer, state } = bench();
    expect(state(answer("0.r1.AAAAAAAAAAAAAAAAAAAAAA"))).toBe("stale");
  });

  test.for([
    ["a wrong password", { password: "x" }],
    ["an unknown algorithm", { algorithm: "SHA-512" }],
    ["no qop, hence no count", { qop: "none" }],
    ["a count that is none", { nc: "1" }],
    ["a malformed name", { username: "lan" }],
  ] as const)("with %s stays outside", ([, changes]) => {
    const { nonce, answer, state } = bench();
    expect(state(answer(nonce(), changes))).toBe("wrong");
  });

  test("with an answer to another method stays outside", () => {
    const { nonce, answer, state } = bench();
    expect(state(answer(nonce()), "INVITE")).toBe("wrong");
  });

  test("with credentials whose time is over, or whose log-in has ended, stays outside", () => {
    const { clock, ended, nonce, answer, state } = bench();
    ended.add("s1");
    expect(state(answer(nonce()))).toBe("wrong");
    ended.clear();
    clock.advance(3_600_000);
    expect(state(answer(nonce()))).toBe("wrong");
  });

  test.for([
    "Digest",
    "Basic YTpi",
    "NoOneKnowsThisScheme opaque-data=here",
    'Digest realm="other", nonce="1"',
  ])("with %s is asked", (authorization) => {
    expect(bench().state(authorization)).toBe("asked");
  });

  test("a name cannot be made to stand for another by its signs", () => {
    const { credentials } = bench();
    expect(credentials.read("99999999999:lan:s1:x")).toBeUndefined();
    expect(credentials.read("99999999999:la n:s1")).toBeUndefined();
    expect(credentials.read("99999999999:lan:s1")).toEqual({ user: "lan", session: "s1" });
  });
});
