import { describe, expect, it } from "vitest";
import { verifyTwilio } from "./twilio-signature.ts";

const hook = "https://gw.example.vn/hooks/twilio";
const form = (fields: readonly (readonly [string, string])[]): Buffer =>
  Buffer.from(new URLSearchParams(fields.map(([k, v]): [string, string] => [k, v])).toString());
const verify = (url: string, raw: Buffer, signature: string | undefined, tokens = ["auth-token"]): boolean =>
  verifyTwilio(tokens, {
    method: "POST",
    url: new URL(url),
    raw,
    headers: { "x-twilio-signature": signature },
  });

const documented = form([
  ["CallSid", "CA1234567890ABCDE"],
  ["Caller", "+14158675309"],
  ["Digits", "1234"],
  ["From", "+14158675309"],
  ["To", "+18005551212"],
]);
const DOCUMENTED_URL = "https://mycompany.com/myapp.php?foo=1&bar=2";

const message = [
  ["Body", "Xin chào"],
  ["From", "+84901234567"],
  ["MessageSid", "SM1"],
  ["NumMedia", "0"],
  ["To", "+84281234567"],
] as const;
const SIGNED = "i8/ubMdwRMJYN9CLpvrdbF6pFg4=";

describe("Twilio's signature", () => {
  it("is that of the documentation", () => {
    expect(verify(DOCUMENTED_URL, documented, "RSOYDt4T1cUTdK1PDd93/VVr8B8=", ["12345"])).toBe(true);
  });

  it("covers every parameter, in any order, also one that is new to us", () => {
    expect(verify(hook, form(message), SIGNED)).toBe(true);
    expect(verify(hook, form(message.toReversed()), SIGNED)).toBe(true);
    expect(verify(hook, form([...message, ["New", "1"]]), SIGNED)).toBe(false);
  });

  it("is good with either of two tokens, and with the standard port said or unsaid", () => {
    expect(verify(hook, form(message), SIGNED, ["new-token", "auth-token"])).toBe(true);
    expect(verify("https://gw.example.vn:443/hooks/twilio", form(message), SIGNED)).toBe(true);
  });

  it("refuses another address, another token, no signature and half of one", () => {
    expect(verify("https://evil.example/hooks/twilio", form(message), SIGNED)).toBe(false);
    expect(verify("http://gw.example.vn/hooks/twilio", form(message), SIGNED)).toBe(false);
    expect(verify(hook, form(message), SIGNED, ["other"])).toBe(false);
    expect(verify(hook, form(message), undefined)).toBe(false);
    expect(verify(hook, form(message), SIGNED.slice(0, 10))).toBe(false);
  });

  it("covers a JSON body by its hash in the address", () => {
    const hash = "015abd7f5cc57a2dd94b7590f04ad8084273905ee33ec5cebeae62276a97f862";
    const url = `${hook}?bodySHA256=${hash}`;
    expect(verify(url, Buffer.from('{"a":1}'), "06ExCsjEy7/38eVf/pG+hly38Cc=")).toBe(true);
    expect(verify(url, Buffer.from('{"a":2}'), "06ExCsjEy7/38eVf/pG+hly38Cc=")).toBe(false);
  });
});
