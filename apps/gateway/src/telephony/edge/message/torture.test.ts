import { seededRandom } from "@tongdai/shared/testing";
import { describe, expect, test } from "vitest";
import { invalid } from "../testing/torture/invalid.ts";
import { layers } from "../testing/torture/layers.ts";
import { valid } from "../testing/torture/valid.ts";
import { header, headerValues, parseMessage, parseNameAddr, SipError, serialise } from "./index.ts";

const all = [...valid, ...invalid, ...layers];

const verdict = (bytes: Uint8Array): "ok" | "drop" | number => {
  try {
    parseMessage(bytes);
    return "ok";
  } catch (error) {
    if (!(error instanceof SipError)) throw error;
    return error.request ? error.status : "drop";
  }
};

describe("the torture test messages of RFC 4475", () => {
  test("are all here", () => {
    expect(all.length).toBe(49);
    expect(new Set(all.map((v) => v.section)).size).toBe(49);
  });

  test.for(all)("$section $name: $expect", ({ bytes, expect: expected }) => {
    expect(verdict(bytes)).toBe(expected);
  });

  test.for(all.filter((v) => v.expect === "ok"))("$name means the same after a round trip", ({ bytes }) => {
    const once = parseMessage(bytes);
    const { headers, ...rest } = parseMessage(serialise(once));
    const known = (name: string) => name !== "content-length";
    expect(rest).toEqual({ ...once, headers: undefined });
    expect(headers.filter((h) => known(h.name))).toEqual(once.headers.filter((h) => known(h.name)));
  });

  const read = (name: string) => parseMessage(all.find((v) => v.name === name)?.bytes ?? Buffer.alloc(0));

  test("blanks, folds and escapes are read as what they mean", () => {
    const m = read("wsinv");
    expect(m.from.display).toBe('J Rosenberg \\"');
    expect([m.from.params.get("tag"), m.to.params.get("tag")]).toEqual(["98asjd8", "1918181833n"]);
    expect(headerValues(m, "via").length).toBe(3);
    expect(header(m, "newfangledheader")).toBe("newfangled value continued newfangled value");
    expect(header(m, "unknownheaderwithunusualvalue")).toBe(";;,,;;,;");
    expect(parseNameAddr(header(m, "contact") ?? "").params.get("q")).toBe("0.33");
    expect([m.cseq.number, m.body.length]).toEqual([9, 150]);
  });

  test("letters of every alphabet survive, and a byte order mark is a letter", () => {
    expect(header(read("intmeth"), "extensionheader-!.%*+_`'~")).toBe("\ufeff大停電");
    expect(read("unreason")).toMatchObject({ reason: "= 2**3 * 5**2 но сто девяносто девять - простое" });
  });

  test("escapes are undone once, and only in URIs", () => {
    expect(read("esc01")).toMatchObject({ target: { user: "sips:user@example.com" } });
    expect(read("esc02")).toMatchObject({ method: "RE%47IST%45R", from: { display: "%Z%45" } });
    expect(read("escnull").to.uri).toMatchObject({ user: "null-\0-null" });
    expect(read("semiuri")).toMatchObject({ target: { user: "user;par=u@example.net", params: new Map() } });
  });

  test("octets behind Content-Length are another's; octets of a binary body are kept", () => {
    expect(read("dblreq")).toMatchObject({ method: "REGISTER", body: { length: 0 } });
    expect(Buffer.from(read("mpart01").body).includes(Buffer.from([0, 1, 2, 253, 254, 255]))).toBe(false);
    expect(Buffer.from(read("mpart01").body).includes(Buffer.from([253, 254, 255]))).toBe(true);
  });

  test("inside angle brackets parameters are the URI's, outside the header's", () => {
    const contact = (name: string) => parseNameAddr(header(read(name), "contact") ?? "");
    expect([...contact("cparam01").params.keys()]).toEqual(["unknownparam"]);
    expect(contact("cparam02")).toMatchObject({
      params: new Map(),
      uri: { params: new Map([["unknownparam", ""]]) },
    });
  });
});

test("a mutated message is parsed or refused, never anything else", () => {
  const random = seededRandom(4475);
  const pick = (n: number) => Math.floor(random() * n);
  const rounds = Number(process.env["SIP_MUTATIONS"] ?? 20_000);
  let refused = 0;
  for (let i = 0; i < rounds; i++) {
    const bytes = Buffer.from(all[pick(all.length)]?.bytes ?? []);
    for (let n = 1 + pick(6); n > 0; n--)
      bytes[pick(bytes.length)] = random() < 0.5 ? pick(256) : (bytes[pick(bytes.length)] ?? 0);
    const cut = random() < 0.1 ? bytes.subarray(0, pick(bytes.length)) : bytes;
    try {
      serialise(parseMessage(cut));
    } catch (error) {
      if (!(error instanceof SipError)) throw error;
      refused++;
    }
  }
  expect(refused).toBeGreaterThan(rounds / 4);
});
