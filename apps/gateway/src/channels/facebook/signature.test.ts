import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { appSecretProof, verifySignature } from "./signature.ts";

const secret = "app-secret";
/** Meta's way of writing: non-ASCII and slashes escaped. */
const raw = Buffer.from(
  String.raw`{"object":"page","entry":[{"id":"1","time":1700000000000,"messaging":[{"sender":{"id":"2"},"recipient":{"id":"1"},"timestamp":1700000000000,"message":{"mid":"m_1","text":"Xin ch\u00e0o \ud83d\ude00 https:\/\/a.vn"}}]}]}`,
);
const good = "76971de1fdfdcf5f9b3e53be13cb53fc6441c22f35c5a18a9821a39f6d62b7c2";
const rewritten = "a82fe27a17013001c263eee651acf23c209a9f0ff1a047ca8a158ce614925feb";
const verify = (bytes: Buffer, header: string | undefined) =>
  verifySignature(secret, bytes, header === undefined ? {} : { "x-hub-signature-256": header });

describe("X-Hub-Signature-256", () => {
  it("T20 V1: accepts the bytes as Meta wrote them", () => {
    expect(raw).toHaveLength(219);
    expect(verify(raw, `sha256=${good}`)).toBe(true);
  });

  it("T20 V1x: does not accept a signature over the body written anew", () => {
    expect(verify(raw, `sha256=${rewritten}`)).toBe(false);
    const anew = Buffer.from(JSON.stringify(JSON.parse(raw.toString())));
    expect(verify(anew, `sha256=${good}`)).toBe(false);
    expect(verify(anew, `sha256=${rewritten}`)).toBe(true);
  });

  it.each([
    ["missing", undefined],
    ["empty", ""],
    ["without prefix", good],
    ["of another kind", `sha1=${good}`],
    ["in capitals", `sha256=${good.toUpperCase()}`],
    ["too short", `sha256=${good.slice(2)}`],
    ["too long", `sha256=${good}00`],
    ["no hex", `sha256=${"z".repeat(64)}`],
    ["with a line end", `sha256=${good}\n`],
    ["twice", `sha256=${good}, sha256=${good}`],
  ])("X8: refuses a header that is %s", (_, header) => {
    expect(verify(raw, header)).toBe(false);
  });

  it("X8: refuses another app's secret", () => {
    expect(verifySignature("app-secret2", raw, { "x-hub-signature-256": `sha256=${good}` })).toBe(false);
  });

  it("refuses any changed byte", () => {
    fc.assert(
      fc.property(fc.nat(raw.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const other = Buffer.from(raw);
        other[at] = (other[at] ?? 0) ^ change;
        return !verify(other, `sha256=${good}`);
      }),
    );
  });

  it("refuses any other digest", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), (digest) => {
        const hex = Buffer.from(digest).toString("hex");
        return verify(raw, `sha256=${hex}`) === (hex === good);
      }),
    );
  });
});

it("V4: appsecret_proof", () => {
  expect(appSecretProof(secret, "access-token")).toBe(
    "dbf9c72b4c8f56924f8e07138f6d465c69cb5c9dbca908ce1403e993e1a5f799",
  );
});
