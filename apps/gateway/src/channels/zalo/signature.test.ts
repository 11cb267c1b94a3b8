import { describe, expect, it } from "vitest";
import { verifySignature } from "./signature.ts";

const config = { appId: "360846524940903967", oaId: "388613280878808645", oaSecret: "oa-secret" };
const body =
  '{"app_id":"360846524940903967","sender":{"id":"246845883529197922"},"user_id_by_app":"552177279717587730","recipient":{"id":"388613280878808645"},"event_name":"user_send_text","message":{"text":"Xin chào 😀","msg_id":"96d3cdf3af150460909"},"timestamp":"1700000000000"}';
const mac = "b0b0dcf5c0cb106d0cd1b9744b72dcd99b63458862c5d8e699bc3f8559c7c701";
const asHmac = "b31da9c78a5d6e3b34fc56fcfbf050464bd620fe355a62d9a6b82d9d7a276948";

const verify = (
  raw: string | Buffer,
  header: string | undefined,
  some: Partial<typeof config> = {},
): boolean => verifySignature({ ...config, ...some }, Buffer.from(raw), { "x-zevent-signature": header });

describe("the vendor's signature", () => {
  it("is a plain hash over app id, bytes, timestamp and the account's secret, with or without its name", () => {
    expect(Buffer.byteLength(body)).toBe(271);
    expect(verify(body, `mac=${mac}`)).toBe(true);
    expect(verify(body, mac)).toBe(true);
    expect(verify(body, `mac=${mac.toUpperCase()}`)).toBe(true);
  });

  it("refuses an HMAC, other bytes, another secret and another app", () => {
    expect(verify(body, `mac=${asHmac}`)).toBe(false);
    expect(verify(JSON.stringify({ ...JSON.parse(body), x: 1 }), `mac=${mac}`)).toBe(false);
    expect(verify(Buffer.from(body, "latin1"), `mac=${mac}`)).toBe(false);
    expect(verify(body, `mac=${mac}`, { oaSecret: "app-secret" })).toBe(false);
    expect(verify(body, `mac=${mac}`, { appId: "1" })).toBe(false);
    expect(verify(body, undefined)).toBe(false);
    expect(verify(body, "mac=")).toBe(false);
    expect(verify("no json", `mac=${mac}`)).toBe(false);
  });

  it("speaks for the account that the event names, and for no other of the app", () => {
    expect(verify(body, `mac=${mac}`, { oaId: "999" })).toBe(false);
  });
});
