import { createHmac } from "node:crypto";
import { fakeClock } from "@tongdai/shared/testing";
import { describe, expect, it } from "vitest";
import type { Account } from "../channel.ts";
import { type ChannelFault, type ChannelHarness, channelContract } from "../contract-suite.ts";
import { memoryCredentials } from "../kit/testing/memory-credentials.ts";
import {
  deadUrl,
  type Recorded,
  type Reply,
  type VendorStub,
  vendorStub,
} from "../kit/testing/vendor-stub.ts";
import { sms } from "./index.ts";
import { tokenOf } from "./stringee.ts";

const SECRET = "a-secret-path-of-24-signs";
const TO = "+84901234567";
const HOOK = `https://gw.example.vn/webhooks/sms/${SECRET}`;
const SID = `AC${"0".repeat(32)}`;

interface Vendor {
  readonly config: Readonly<Record<string, unknown>>;
  readonly required: readonly string[];
  answer(request: Recorded, nextId: () => string): Reply;
  readonly isSent: (reply: Reply) => boolean;
  readonly faults: Readonly<Record<Exclude<ChannelFault, "unreachable">, Reply>>;
}

const page: Reply = { status: 200, html: "<html>Sorry</html>" };
const broken = { garbled: page, lost: "drop", hang: "hang" } as const;
const has = (reply: Reply, text: string): boolean => JSON.stringify(reply).includes(text);

const esms: Vendor = {
  config: {
    provider: "esms",
    sender: "SENVIET",
    apiKey: "key-1",
    secretKey: "secret-1",
    webhookSecret: SECRET,
  },
  required: ["sender", "apiKey", "secretKey", "webhookSecret"],
  answer: ({ path, body }, nextId) => {
    if (body["ApiKey"] !== "key-1" || body["SecretKey"] !== "secret-1")
      return { json: { CodeResult: "101" } };
    if (path.endsWith("GetBalance_json")) return { json: { CodeResponse: "100", Balance: 500_000 } };
    return { json: { CodeResult: "100", CountRegenerate: 0, SMSID: nextId() } };
  },
  isSent: (reply) => has(reply, '"SMSID"'),
  faults: {
    ...broken,
    throttled: { status: 429, html: "slow down" },
    temporary: { json: { CodeResult: "199", ErrorMessage: "busy" } },
    token_dead: { json: { CodeResult: "101", CodeResponse: "101" } },
    restricted: { json: { CodeResult: "103", CodeResponse: "103" } },
    refused: { json: { CodeResult: "146", ErrorMessage: "template" } },
  },
};

const speedsms: Vendor = {
  config: { provider: "speedsms", sender: "SENVIET", accessToken: "token-1", webhookSecret: SECRET },
  required: ["sender", "accessToken", "webhookSecret"],
  answer: ({ path, headers }, nextId) => {
    if (headers.authorization !== `Basic ${Buffer.from("token-1:x").toString("base64")}`)
      return { status: 401, json: {} };
    if (path.endsWith("user/info"))
      return { json: { status: "success", data: { balance: 5, currency: "VND" } } };
    return { json: { status: "success", code: "00", data: { tranId: nextId() } } };
  },
  isSent: (reply) => has(reply, "tranId"),
  faults: {
    ...broken,
    throttled: { status: 429, json: { status: "error" }, headers: { "x-rate-limit-reset": "30" } },
    temporary: { json: { status: "error", code: "500", message: "internal" } },
    token_dead: { status: 401, json: {} },
    restricted: { json: { status: "error", code: "300", message: "balance" } },
    refused: { json: { status: "error", code: "113", message: "too long" } },
  },
};

const stringee: Vendor = {
  config: {
    provider: "stringee",
    sender: "SENVIET",
    keySid: "SKtest",
    keySecret: "secret-1",
    webhookSecret: SECRET,
  },
  required: ["sender", "keySid", "keySecret", "webhookSecret"],
  answer: ({ path, headers }, nextId) => {
    const [header, payload, mac] = String(headers["x-stringee-auth"]).split(".");
    const isGood =
      createHmac("sha256", "secret-1").update(`${header}.${payload}`).digest("base64url") === mac;
    if (!isGood) return { status: 401, json: { r: 6, message: "auth" } };
    if (path === "/v1/account") return { json: { r: 0 } };
    return { json: { smsSent: 1, result: [{ price: 1, smsType: 1, r: 0, msg: `Success ${nextId()}` }] } };
  },
  isSent: (reply) => has(reply, "smsSent"),
  faults: {
    ...broken,
    throttled: { status: 429, html: "slow down" },
    temporary: { status: 404, html: "gone for a while" },
    token_dead: { status: 401, json: { r: 6, message: "auth" } },
    restricted: { status: 401, json: {} },
    refused: { json: { smsSent: 0, result: [{ r: 5, msg: "not supported" }] } },
  },
};

const twilio: Vendor = {
  config: { provider: "twilio", sender: "+84281234567", accountSid: SID, authToken: "12345" },
  required: ["sender", "accountSid", "authToken"],
  answer: ({ path, headers }, nextId) => {
    if (headers.authorization !== `Basic ${Buffer.from(`${SID}:12345`).toString("base64")}`)
      return { status: 401, json: { code: 20003, message: "Authenticate" } };
    if (path === `/2010-04-01/Accounts/${SID}.json`)
      return { json: { status: "active", friendly_name: "Sen" } };
    return { status: 201, json: { sid: nextId(), status: "queued" } };
  },
  isSent: (reply) => has(reply, '"sid"'),
  faults: {
    ...broken,
    throttled: { status: 429, json: { code: 20429, message: "Too many" } },
    temporary: { status: 404, html: "gone for a while" },
    token_dead: { status: 401, json: { code: 20003, message: "Authenticate" } },
    restricted: { status: 401, json: { code: 20003, message: "suspended" } },
    refused: { status: 400, json: { code: 21617, message: "too long" } },
  },
};

const twilioSignature = (url: string, raw: Buffer, token = "12345"): string => {
  const form = [...new URLSearchParams(raw.toString())].sort(([a], [b]) => (a < b ? -1 : 1));
  return createHmac("sha1", token)
    .update(url + form.map(([k, v]) => k + v).join(""))
    .digest("base64");
};

async function harness(vendor: Vendor): Promise<ChannelHarness & { readonly stub: VendorStub }> {
  const stub = await vendorStub({ answer: vendor.answer, isSent: vendor.isSent });
  const nowhere = await deadUrl();
  let dead = false;
  const reach: typeof fetch = (input, init) => {
    const url = input instanceof Request ? input.url : String(input);
    return fetch(dead ? url.replace(stub.url, nowhere) : url, init);
  };
  const isTwilio = vendor === twilio;
  return {
    stub,
    channel: sms,
    deps: { fetch: reach, clock: fakeClock(), credentials: memoryCredentials(), publicUrl: null },
    config: { ...vendor.config, apiUrl: stub.url },
    required: vendor.required,
    customer: TO,
    handshake: null,
    webhookUrl: isTwilio ? `https://gw.example.vn/webhooks/sms/${SID}` : HOOK,
    encode: (body) => Buffer.from(new URLSearchParams(body as Record<string, string>).toString()),
    sign: (raw) => ({
      "x-twilio-signature": twilioSignature(`https://gw.example.vn/webhooks/sms/${SID}`, raw),
    }),
    lacks: { signatures: !isTwilio, profiles: true, doubt: vendor === esms },
    messageBody: isTwilio
      ? ({ from, id, text }) => ({
          provider: "twilio",
          fields: {
            MessageSid: id,
            From: from,
            To: "+84281234567",
            Body: text,
            NumMedia: "0",
            SmsStatus: "received",
          },
        })
      : null,
    fault: (fault) => {
      dead = fault === "unreachable";
      stub.reply(fault === null || fault === "unreachable" ? null : vendor.faults[fault]);
    },
    accepted: () => stub.accepted(),
    nextRequest: () => stub.nextRequest(),
    close: () => stub.close(),
  };
}

/** Only eSMS and SpeedSMS tell an empty purse from a wrong key. */
const without: readonly ChannelFault[] = ["restricted"];
channelContract("sms by eSMS", () => harness(esms));
channelContract("sms by SpeedSMS", () => harness(speedsms));
channelContract("sms by Stringee", () => harness(stringee), without);
channelContract("sms by Twilio", () => harness(twilio), without);

async function opened(
  vendor: Vendor,
): Promise<{ account: Account; stub: VendorStub; close(): Promise<void> }> {
  const h = await harness(vendor);
  return { account: h.channel.open(h.config, h.deps), stub: h.stub, close: () => h.close() };
}

const patient = new AbortController().signal;
const text = (words: string, to = TO) => ({
  messageId: "01900000-0000-7000-8000-000000000001",
  to,
  content: { kind: "text", text: words } as const,
  replyToExternalId: null,
  human: false,
});

describe("what each provider is asked for", () => {
  it("eSMS: the number without its +, the alphabet, and our id, which makes a repetition safe", async () => {
    const { account, stub, close } = await opened(esms);
    const first = await account.send(text("Đơn đã giao"), patient);
    expect(stub.requests[0]?.body).toMatchObject({
      Phone: "84901234567",
      Content: "Đơn đã giao",
      Brandname: "SENVIET",
      IsUnicode: "1",
      SmsType: "2",
      RequestId: "01900000-0000-7000-8000-000000000001",
    });
    stub.reply({ json: { CodeResult: "124", ErrorMessage: "RequestId existed" } });
    expect(await account.send(text("Xin chao"), patient)).toEqual(first);
    expect(stub.requests[1]?.body["IsUnicode"]).toBe("0");
    await close();
  });

  it("SpeedSMS: waits as long as it is told to", async () => {
    const { account, stub, close } = await opened(speedsms);
    stub.reply(speedsms.faults.throttled);
    expect(await account.send(text("x"), patient)).toMatchObject({ scope: "account", afterMs: 30_000 });
    await close();
  });

  it("Stringee: a token of its own for each request", async () => {
    const token = tokenOf(
      { keySid: "SKtest", keySecret: "secret" },
      { now: 1_700_000_000_000, id: "1700000000" },
    );
    expect(token.split(".")[2]).toBe("mmeKYlQ6goFmZVkcbO044zJERzBMyR68Wh4zR8D-eR0");
    const { account, stub, close } = await opened(stringee);
    await account.send(text("x"), patient);
    await account.send(text("x"), patient);
    expect(stub.requests[0]?.headers["x-stringee-auth"]).not.toBe(
      stub.requests[1]?.headers["x-stringee-auth"],
    );
    await close();
  });

  it("Twilio: a form with the number as it is called", async () => {
    const { account, stub, close } = await opened(twilio);
    expect(await account.send(text("Xin chào"), patient)).toEqual({ kind: "sent", externalId: "m_out_1" });
    expect(stub.requests[0]?.body).toEqual({ From: "+84281234567", To: TO, Body: "Xin chào" });
    stub.reply({ status: 400, json: { code: 21610, message: "unsubscribed" } });
    expect(await account.send(text("x"), patient)).toMatchObject({ kind: "failed", code: "opted_out" });
    await close();
  });

  it("nobody is asked to text what takes no texts", async () => {
    const { account, stub, close } = await opened(esms);
    for (const to of ["19001234", "+842838221234", "hello"])
      expect(await account.send(text("x", to), patient)).toMatchObject({
        kind: "failed",
        code: "recipient_unavailable",
      });
    expect(stub.requests).toHaveLength(0);
    await close();
  });
});
