import { fakeClock } from "@tongdai/shared/testing";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Account, OutgoingPart } from "../channel.ts";
import { type MemoryCredentials, memoryCredentials } from "../kit/testing/memory-credentials.ts";
import { zalo } from "./index.ts";
import { type ApiStub, apiStub, keptTokens, stubConfig, zaloError } from "./testing/api-stub.ts";

const signal = new AbortController().signal;
const USER = "246845883529197922";
const PROOF = "dbf9c72b4c8f56924f8e07138f6d465c69cb5c9dbca908ce1403e993e1a5f799";

let stub: ApiStub;
let credentials: MemoryCredentials;
let account: Account;
beforeEach(async () => {
  stub = await apiStub();
  const clock = fakeClock();
  credentials = memoryCredentials(keptTokens(clock.now()));
  account = zalo.open(
    { ...stubConfig, apiUrl: stub.url, oauthUrl: stub.url },
    { fetch, clock, credentials, publicUrl: null },
  );
});
afterEach(() => stub.close());

const part = (content: OutgoingPart["content"], some: Partial<OutgoingPart> = {}): OutgoingPart => ({
  messageId: "01900000-0000-7000-8000-000000000001",
  to: USER,
  content,
  replyToExternalId: null,
  human: false,
  ...some,
});
const text = (words: string, some: Partial<OutgoingPart> = {}) => part({ kind: "text", text: words }, some);
const sent = () => stub.requests.filter((r) => r.path.endsWith("/message/cs"));

describe("sending", () => {
  it("asks for a consultation message, with the token in the vendor's own header", async () => {
    expect(await account.send(text("Dạ em chào anh", { replyToExternalId: "m-9" }), signal)).toEqual({
      kind: "sent",
      externalId: "m_out_1",
    });
    expect(sent()[0]).toMatchObject({
      path: "/v3.0/oa/message/cs",
      body: { recipient: { user_id: USER }, message: { text: "Dạ em chào anh", quote_message_id: "m-9" } },
    });
    expect(sent()[0]?.headers["access_token"]).toBe("token-1");
    expect(sent()[0]?.headers["appsecret_proof"]).toBeUndefined();
  });

  it("proves the app's secret where the app asks for it", async () => {
    const proving = zalo.open(
      { ...stubConfig, proof: true, apiUrl: stub.url, oauthUrl: stub.url },
      {
        fetch,
        clock: fakeClock(),
        credentials: memoryCredentials(keptTokens(fakeClock().now(), { accessToken: "access-token" })),
        publicUrl: null,
      },
    );
    stub.door.accessToken = "access-token";
    await proving.send(text("x"), signal);
    expect(sent()[0]?.headers["appsecret_proof"]).toBe(PROOF);
  });

  it("counts characters as they travel: composed", async () => {
    const composed = "ệ".repeat(2000);
    expect(await account.send(text(composed.normalize("NFD")), signal)).toMatchObject({ kind: "sent" });
    expect(sent()[0]?.body["message"]).toEqual({ text: composed });
    expect(await account.send(text(`${composed}x`), signal)).toMatchObject({
      kind: "failed",
      code: "invalid",
    });
  });

  it("answers a visitor in the talk that they wrote in", async () => {
    await account.send(text("Dạ", { to: "visitor:11:talk-7" }), signal);
    expect(stub.requests.at(-1)).toMatchObject({
      path: "/v2.0/oa/message",
      body: { recipient: { anonymous_id: "11", conversation_id: "talk-7" }, message: { text: "Dạ" } },
    });
  });

  it("uploads a picture, then sends it", async () => {
    const bytes = Buffer.from("jpg bytes");
    const content = { kind: "image", name: "ảnh.jpg", mime: "image/jpeg", bytes } as const;
    expect(await account.send(part(content), signal)).toMatchObject({ kind: "sent" });
    expect(stub.requests.map((r) => r.path)).toEqual(["/v2.0/oa/upload/image", "/v3.0/oa/message/cs"]);
    expect(stub.requests[0]?.body["file"]).toBeInstanceOf(Blob);
    expect(sent()[0]?.body["message"]).toEqual({
      attachment: {
        type: "template",
        payload: { template_type: "media", elements: [{ media_type: "image", attachment_id: "image-id" }] },
      },
    });
  });

  it("tells a GIF's size, and sends a document by its token", async () => {
    const gif = Buffer.from("474946383961400120000000", "hex");
    await account.send(part({ kind: "image", name: "vui.gif", mime: "image/gif", bytes: gif }), signal);
    expect(stub.requests[0]?.path).toBe("/v2.0/oa/upload/gif");
    expect(JSON.stringify(sent()[0]?.body)).toContain(
      '"media_type":"gif","attachment_id":"image-id","width":320,"height":32',
    );
    const pdf = { kind: "file", name: "HĐ.PDF", mime: "application/pdf", bytes: gif } as const;
    await account.send(part(pdf), signal);
    expect(sent()[1]?.body["message"]).toEqual({
      attachment: { type: "file", payload: { token: "file-token" } },
    });
  });

  it("refuses what the vendor is known to refuse, before it costs an upload", async () => {
    const sheet = {
      kind: "file",
      name: "giá.xlsx",
      mime: "application/vnd.ms-excel",
      bytes: Buffer.alloc(9),
    } as const;
    expect(await account.send(part(sheet), signal)).toMatchObject({
      kind: "failed",
      code: "attachment_refused",
      detail: "only pdf, doc, docx, csv can be sent",
    });
    const film = { kind: "video", name: "a.mp4", mime: "video/mp4", bytes: Buffer.alloc(9) } as const;
    expect(await account.send(part(film), signal)).toMatchObject({ code: "attachment_refused" });
    expect(stub.requests).toHaveLength(0);
  });

  it("makes an upload again whose answer was lost: nobody has got anything yet", async () => {
    stub.reply("drop");
    const photo = { kind: "image", name: "a.png", mime: "image/png", bytes: Buffer.alloc(9) } as const;
    expect(await account.send(part(photo), signal)).toMatchObject({ kind: "retry", scope: "message" });
  });
});

describe("a token that dies in the middle", () => {
  it("is renewed once for twenty sends, and each message is sent once", async () => {
    stub.door.accessToken = "dead";
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, (_, i) => account.send(text(`tin ${i}`), signal)),
    );
    expect(outcomes.every((o) => o.kind === "sent")).toBe(true);
    expect(stub.door.grants).toBe(1);
    expect(stub.accepted()).toBe(20);
  });

  it("pauses the account when the renewed one is refused too", async () => {
    stub.reply((request) =>
      request.path === "/v4/oa/access_token"
        ? { json: { access_token: "t", refresh_token: "r", expires_in: "90000" } }
        : zaloError(-220),
    );
    expect(await account.send(text("x"), signal)).toMatchObject({ kind: "paused", state: "login_needed" });
    expect(sent()).toHaveLength(2);
  });
});

describe("what the vendor answers with HTTP 200", () => {
  it.each([
    [-230, { kind: "failed", code: "outside_window" }],
    [-218, { kind: "failed", code: "outside_window" }],
    [-244, { kind: "failed", code: "recipient_unavailable" }],
    [-248, { kind: "failed", code: "policy" }],
    [-32, { kind: "retry", scope: "account", code: "throttled" }],
    [-224, { kind: "paused", state: "restricted" }],
    [-99_999, { kind: "failed", code: "invalid" }],
  ])("%i", async (error, outcome) => {
    stub.reply(zaloError(error, "the vendor's words"));
    expect(await account.send(text("x"), signal)).toMatchObject({
      ...outcome,
      detail: `the vendor's words (${error})`,
    });
  });

  it("never tells a secret", async () => {
    stub.reply(zaloError(-201, "bad token-1 of app-secret"));
    expect(await account.send(text("x"), signal)).toMatchObject({ detail: "bad *** of *** (-201)" });
  });
});

describe("checking", () => {
  it("notices a token of another account", async () => {
    stub.reply({ json: { error: 0, data: { oa_id: "1", name: "Khác" } } });
    expect(await account.check(signal)).toEqual({
      state: "login_needed",
      name: "Khác",
      detail: "the token belongs to account 1",
    });
  });
});
