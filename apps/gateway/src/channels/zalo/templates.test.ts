import { fakeClock } from "@tongdai/shared/testing";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { OutgoingTemplate, Templates } from "../channel.ts";
import { memoryCredentials } from "../kit/testing/memory-credentials.ts";
import { zalo } from "./index.ts";
import { type ApiStub, apiStub, keptTokens, stubConfig, zaloError } from "./testing/api-stub.ts";

const signal = new AbortController().signal;
let stub: ApiStub;
let templates: Templates;
beforeEach(async () => {
  stub = await apiStub();
  const clock = fakeClock();
  const account = zalo.open(
    { ...stubConfig, apiUrl: `${stub.url}/oa`, businessUrl: stub.url, oauthUrl: stub.url },
    { fetch, clock, credentials: memoryCredentials(keptTokens(clock.now())), publicUrl: null },
  );
  if (!account.templates) throw new Error("no templates");
  templates = account.templates;
});
afterEach(() => stub.close());

const outgoing = (some: Partial<OutgoingTemplate> = {}): OutgoingTemplate => ({
  messageId: "01900000-0000-7000-8000-000000000001",
  templateId: "301001",
  by: "phone",
  to: "+84912345678",
  values: { ten: "Hà" },
  ...some,
});
const ok = (data: unknown) => ({ json: { error: 0, message: "Success", data } });

describe("sending", () => {
  it("goes to a number without its plus, with our id as the tracking id", async () => {
    stub.reply(ok({ msg_id: "z-1", sent_time: "1" }));
    expect(await templates.send(outgoing(), signal)).toEqual({ kind: "sent", externalId: "z-1" });
    expect(stub.requests.at(-1)).toMatchObject({
      path: "/message/template",
      body: {
        phone: "84912345678",
        template_id: "301001",
        template_data: { ten: "Hà" },
        tracking_id: "01900000-0000-7000-8000-000000000001",
      },
    });
  });

  it("goes to a user by the other host", async () => {
    stub.reply(ok({ message_id: "z-2" }));
    expect(await templates.send(outgoing({ by: "id", to: "24" }), signal)).toEqual({
      kind: "sent",
      externalId: "z-2",
    });
    expect(stub.requests.at(-1)).toMatchObject({
      path: "/oa/v3.0/oa/message/template",
      body: { user_id: "24", template_id: "301001", template_data: { ten: "Hà" } },
    });
  });

  it.each([
    [-108, { kind: "failed", code: "recipient_unknown" }],
    [-115, { kind: "failed", code: "quota_used" }],
    [-131, { kind: "failed", code: "template_unavailable" }],
    [-230, { kind: "failed", code: "recipient_unavailable" }],
    [-9999, { kind: "failed", code: "invalid" }],
    [-32, { kind: "retry", scope: "account" }],
    [-124, { kind: "paused", state: "login_needed" }],
    [-221, { kind: "paused", state: "restricted" }],
  ])("%i is %j", async (code, outcome) => {
    stub.reply(zaloError(code));
    expect(await templates.send(outgoing(), signal)).toMatchObject(outcome);
  });

  it("may have gone out where nobody answered", async () => {
    stub.reply("drop");
    expect(await templates.send(outgoing(), signal)).toMatchObject({ kind: "unknown" });
  });

  it("does not go to somebody without a log-in", async () => {
    const lost = await templates.send(outgoing({ by: "id", to: "visitor:1:2" }), signal);
    expect(lost).toMatchObject({ kind: "failed", code: "recipient_unavailable" });
    expect(stub.requests).toEqual([]);
  });
});

describe("the list", () => {
  it("has what can be read, and refuses what may lead somewhere else", async () => {
    const info = {
      templateId: 301001,
      templateName: "Giao hàng",
      status: "ENABLE",
      price: "200.0",
      previewUrl: "javascript:alert(1)",
      templateQuality: "UNDEFINED",
      listParams: [
        { name: "ten", require: true, type: "STRING", maxLength: 30, minLength: 1 },
        { name: "tien", type: "CURRENCY" },
      ],
    };
    stub.reply((request) =>
      request.path === "/template/all"
        ? ok([{ templateId: 301001, status: "ENABLE" }, { templateId: 2, status: "DELETE" }, "odd"])
        : ok(info),
    );
    expect(await templates.list(signal)).toEqual([
      {
        id: "301001",
        name: "Giao hàng",
        state: "ready",
        language: null,
        text: null,
        previewUrl: null,
        params: [
          { name: "ten", kind: "text", required: true, minLength: 1, maxLength: 30 },
          { name: "tien", kind: "text", required: false, minLength: 0, maxLength: 200 },
        ],
        price: { amount: 200, currency: "VND" },
        quality: null,
      },
    ]);
    expect(stub.requests[0]?.query.get("limit")).toBe("100");
  });

  it("rejects with the account's state, or with what may pass", async () => {
    stub.reply(zaloError(-221));
    await expect(templates.list(signal)).rejects.toMatchObject({
      code: "channel_paused",
      details: { state: "restricted" },
    });
    stub.reply({ status: 502, html: "<html>" });
    await expect(templates.list(signal)).rejects.toMatchObject({ code: "unavailable" });
  });
});
