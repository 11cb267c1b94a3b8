import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { parseBody } from "./parse.ts";
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

  it("never speaks for another account of the app by naming its own one beside it", () => {
    const base = { app_id: config.appId, event_name: "user_send_text", timestamp: "1700000000000" };
    const signed = (event: object): boolean => {
      const raw = JSON.stringify({ ...base, ...event });
      const hash = createHash("sha256").update(config.appId + raw + base.timestamp + config.oaSecret);
      return verify(raw, `mac=${hash.digest("hex")}`);
    };
    const [own, other, user] = [{ id: config.oaId }, { id: "999" }, { id: "246845883529197922" }];
    expect(signed({ sender: user, recipient: own })).toBe(true);
    expect(signed({ oa_id: config.oaId, follower: user })).toBe(true);
    expect(signed({ oa_id: "999", sender: user, recipient: own })).toBe(false);
    expect(signed({ oa_id: "999", sender: own, recipient: user })).toBe(false);
    const both = { ...base, sender: other, recipient: own, message: { msg_id: "x", text: "giả" } };
    expect(parseBody(both, ["999", config.oaId])[0]?.event.kind).toBe("unsupported");
    expect(parseBody({ ...both, sender: own, recipient: other }, ["999", config.oaId])[0]?.event.kind).toBe(
      "unsupported",
    );
  });
});
