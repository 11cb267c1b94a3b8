import { getExpectedBodyHash, getExpectedTwilioSignature } from "twilio/lib/webhooks/webhooks.js";
import { expect, test } from "vitest";
import { verifyTwilio } from "../../apps/gateway/src/channels/sms/twilio-signature.ts";

const TOKEN = "a-token-of-the-account";
const ADDRESS = "https://desk.example.com/webhooks/sms/AC1";

const request = (address: string, raw: string, signature: string) => ({
  method: "POST" as const,
  url: new URL(address),
  headers: { "x-twilio-signature": signature },
  raw: Buffer.from(raw),
});

const signed = (params: Record<string, string | string[]>, address = ADDRESS) => {
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) for (const v of [value].flat()) form.append(name, v);
  return request(address, form.toString(), getExpectedTwilioSignature(TOKEN, address, params));
};

test.each([
  ["plain letters", { From: "+84901234567", Body: "STOP", MessageSid: "SM1" }],
  [
    "marks, emoji and what forms write otherwise",
    { Body: "Đơn của chị đâu? 50% + 1 & =😀", From: "+84 90", A: "" },
  ],
  ["a name that comes twice", { MediaUrl: ["https://b.example", "https://a.example"], Body: "x" }],
])("what Twilio's own package signs is believed: %s", (_what, params) => {
  expect(verifyTwilio([TOKEN], signed(params))).toBe(true);
  expect(verifyTwilio(["another token"], signed(params))).toBe(false);
});

test("an address with a query is signed with it, and one that was changed is not believed", () => {
  const address = `${ADDRESS}?bodyless=1&b=%20`;
  expect(verifyTwilio([TOKEN], signed({ Body: "x" }, address))).toBe(true);
  const elsewhere = { ...signed({ Body: "x" }, address), url: new URL(ADDRESS) };
  expect(verifyTwilio([TOKEN], elsewhere)).toBe(false);
});

test("a JSON body is signed by its hash in the address", () => {
  const raw = '{"Body":"Xin chào"}';
  const address = `${ADDRESS}?bodySHA256=${getExpectedBodyHash(raw)}`;
  const good = request(address, raw, getExpectedTwilioSignature(TOKEN, address, {}));
  expect(verifyTwilio([TOKEN], good)).toBe(true);
  expect(verifyTwilio([TOKEN], { ...good, raw: Buffer.from(raw.replace("chào", "chao")) })).toBe(false);
});
