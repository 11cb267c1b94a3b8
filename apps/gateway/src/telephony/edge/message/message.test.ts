import { describe, expect, test } from "vitest";
import * as sip from "./index.ts";

const lines = (...text: string[]) => Buffer.from(`${text.join("\r\n")}\r\n\r\n`);
const options = (...more: string[]) =>
  lines(
    "OPTIONS sip:a@example.com SIP/2.0",
    "Via: SIP/2.0/WS a1b2.invalid;branch=z9hG4bK1",
    "From: <sip:b@example.com>;tag=1",
    "To: <sip:a@example.com>",
    "Call-ID: 1",
    "CSeq: 1 OPTIONS",
    ...more,
  );
const refused = (bytes: Uint8Array): number | undefined => {
  try {
    sip.parseMessage(bytes);
    return undefined;
  } catch (error) {
    return (error as sip.SipError).status;
  }
};

describe("a message", () => {
  test("is counted in octets, and its body is kept as it came", () => {
    const body = Buffer.from("Xin chào Tổng đài \xff", "latin1");
    const request = sip.composeRequest({ method: "INFO", uri: "sip:a@b", headers: [], body });
    expect(sip.serialise(request).toString("latin1")).toContain(`Content-Length: ${body.length}\r\n`);
    const bytes = Buffer.concat([options("Content-Length: 3"), Buffer.from("ằ")]);
    expect(Buffer.from(sip.parseMessage(bytes).body).toString()).toBe("ằ");
  });

  test.for([
    ["too long", Buffer.alloc(sip.limits.message + 1, "a"), 513],
    ["with too long a head", options(`X: ${"a".repeat(sip.limits.head)}`), 513],
    ["with too many headers", options(...Array(sip.limits.headers).fill("X: a")), 513],
    ["with too many values in one header", options(`Accept: ${Array(300).fill("a").join()}`), 513],
    ["with a bare line feed", options("X: a\nY: b"), 400],
    ["with a bare carriage return", options("X: a\rY: b"), 400],
    [
      "that is not UTF-8",
      Buffer.concat([options().subarray(0, -2), Buffer.from([0x58, 0x3a, 0xff, 13, 10, 13, 10])]),
      400,
    ],
    ["with a folded start line", lines("OPTIONS sip:a@b", " SIP/2.0"), 400],
    ["with a parameter twice", options("Contact: <sip:a@b>;q=1;q=2"), 400],
    ["without an end", options().subarray(0, -2), 400],
    ["with a port above 65535", options("Contact: <sip:a@b:65536>"), 400],
  ] as const)("%s is refused", ([, bytes, status]) => {
    expect(refused(bytes)).toBe(status);
  });

  test("of nothing but empty lines is refused", () => {
    expect(refused(Buffer.from("\r\n\r\n\r\n\r\n"))).toBe(400);
  });

  test("cannot be written with a line end inside a header", () => {
    const headers = [{ name: "subject", value: "a\r\nVia: b" }];
    expect(() => sip.serialise(sip.composeRequest({ method: "INFO", uri: "sip:a@b", headers }))).toThrow(
      "line end",
    );
  });
});

describe("an answer", () => {
  const request = sip.parseMessage(options("Record-Route: <sip:p1;lr>, <sip:p2;lr>", "X-Own: a"));
  const names = (status: number) =>
    sip
      .answer(request as sip.ReceivedRequest, status, { toTag: "t" })
      .headers.map((h) => `${h.name}=${h.value}`);

  test("carries what names the transaction and, while a dialog may come of it, the route set", () => {
    expect(names(180).filter((n) => n.startsWith("record-route")).length).toBe(2);
    expect(names(486).some((n) => n.startsWith("record-route"))).toBe(false);
    expect(names(486)).toContain("to=<sip:a@example.com>;tag=t");
    expect(names(100)).toContain("to=<sip:a@example.com>");
    expect(names(200).some((n) => n.startsWith("x-own"))).toBe(false);
  });

  test("keeps the tag that To already has, and is not fooled by one inside the URI", () => {
    const to = (value: string) =>
      sip.answer({ method: "BYE", headers: [{ name: "to", value }] }, 200, { toTag: "t" }).headers[0]?.value;
    expect(to("<sip:a@b>;x=1;tag=old")).toBe("<sip:a@b>;x=1;tag=old");
    expect(to("<sip:a@b;tag=uri>")).toBe("<sip:a@b;tag=uri>;tag=t");
    expect(to("sip:a@b")).toBe("sip:a@b;tag=t");
  });
});

describe("header values", () => {
  test("Via, with an IPv6 address and what a client of WebSocket writes", () => {
    expect(
      sip.parseVia("SIP/2.0/UDP [2001:db8::1]:5060;received=[2001:db8::9];rport=7;branch=z9hG4bKx"),
    ).toMatchObject({
      transport: "UDP",
      host: "[2001:db8::1]",
      port: 5060,
    });
    const via = sip.parseVia("sip/2.0/wss df7jal23ls0d.invalid;rport;branch=z9hG4bK56sdasks");
    expect(sip.formatVia(via)).toBe("SIP/2.0/WSS df7jal23ls0d.invalid;rport;branch=z9hG4bK56sdasks");
  });

  test("Replaces and Refer-To with one inside", () => {
    const replaces = {
      callId: "98732@sip.example.com",
      toTag: "r33th4x0r",
      fromTag: "ff87ff",
      earlyOnly: false,
    };
    expect(sip.parseReplaces("98732@sip.example.com;from-tag=ff87ff;to-tag=r33th4x0r")).toEqual(replaces);
    const refer = sip.parseReferTo(
      "<sip:dave@denver.example.org?Replaces=98732%40sip.example.com%3Bfrom-tag%3Dff87ff%3Bto-tag%3Dr33th4x0r>",
    );
    expect(refer.replaces).toEqual(replaces);
    expect(() => sip.parseReplaces("1;to-tag=a")).toThrow(sip.SipError);
    expect(() => sip.parseReferTo("<sip:a@b?Replaces=%zz>")).toThrow(sip.SipError);
  });

  test("Reason, session timers, reliable provisional responses, Expires", () => {
    expect(sip.parseReason('Q.850 ;cause=16 ;text="Terminated, quoted \\" so"')).toEqual({
      protocol: "Q.850",
      cause: 16,
      text: 'Terminated, quoted " so',
    });
    expect(sip.parseSessionExpires("1800;refresher=UAS")).toEqual({ interval: 1_800, refresher: "uas" });
    expect(() => sip.parseSessionExpires("1800;refresher=me")).toThrow(sip.SipError);
    expect(sip.parseMinSE("90")).toBe(90);
    expect(sip.parseRAck("776656 1 INVITE")).toEqual({ rseq: 776_656, cseq: 1, method: "INVITE" });
    expect(() => sip.parseRAck("1 1 INVITE x")).toThrow(sip.SipError);
    expect(() => sip.parseRSeq("0")).toThrow(sip.SipError);
    expect([sip.parseExpires("60"), sip.parseExpires("1e3"), sip.parseExpires("-1")]).toEqual([
      60, 3_600, 3_600,
    ]);
  });

  test("digest credentials, quoted or bare, commas inside quotes", () => {
    const { scheme, params } = sip.parseAuth(
      'Digest username="a, \\"b\\"", realm="x" , nc=00000001,qop=auth',
    );
    expect([scheme, params.get("username"), params.get("nc")]).toEqual(["digest", 'a, "b"', "00000001"]);
    expect(sip.parseAuth("NoOneKnowsThisScheme opaque-data=here").params.size).toBe(0);
    for (const bad of [
      "Digest",
      "Digest a",
      "Digest a=1 b=2",
      "Digest a=1,",
      'Digest a="1',
      "Digest a=1, A=2",
    ])
      expect(() => sip.parseAuth(bad), bad).toThrow(sip.SipError);
  });

  test("URIs are built with what needs escaping escaped", () => {
    expect(sip.sipUri("a b@c", "example.com", 5_070)).toBe("sip:a%20b%40c@example.com:5070");
    expect(sip.parseUri(sip.sipUri("Đài", "h"))).toMatchObject({ user: "Đài" });
    expect(sip.parseUri("tel:+84901234567")).toMatchObject({
      kind: "other",
      scheme: "tel",
      opaque: "+84901234567",
    });
  });
});

/** A pattern that backtracks needs seconds for these; processor time is measured, so that a busy machine does not matter. */
describe("no text takes longer than its length asks for", () => {
  const n = 15_000;
  const probes: Record<string, Uint8Array> = {
    "blanks in Via": options(`Via: SIP/2.0/UDP a${" ".repeat(n)}!;branch=1`),
    "escapes in a quoted string": options(`Contact: "${'\\"'.repeat(n / 2)}`),
    "colons in a URI": options(`Contact: <sip:${"a:".repeat(n / 2)}>`),
    parameters: options(`Contact: <sip:a@b>;${"a=b;".repeat(n / 4)}`),
    semicolons: options(`Contact: <sip:a@b>${";".repeat(n)}`),
    folds: options(`X: a${"\r\n b".repeat(n / 4)}`),
    "blanks in a display name": options(`Contact: ${"a ".repeat(n / 2)}"<sip:a@b>`),
    "blanks at the end": options(`X: ${" ".repeat(n)}a${" ".repeat(n / 10)}`),
    "percent signs": options(`Contact: <sip:${"%41".repeat(n / 3)}%@b>`),
    "angle brackets": options(`Contact: ${"<".repeat(n)}`),
    "colons in an address": options(`Contact: <sip:[${":".repeat(n)}]>`),
    "words in Call-ID": lines("OPTIONS sip:a@b SIP/2.0", `Call-ID: ${"a@".repeat(n / 2)}`),
    "empty lines": Buffer.from("\r\n".repeat(32_000)),
    "line ends in a body": Buffer.concat([options(), Buffer.from("\r\n\r\n".repeat(n))]),
  };

  test.for(Object.entries(probes))("%s", ([, bytes]) => {
    const before = process.cpuUsage();
    for (let i = 0; i < 5; i++) refused(bytes);
    const { user } = process.cpuUsage(before);
    expect(user / 5_000).toBeLessThan(100);
  });
});
