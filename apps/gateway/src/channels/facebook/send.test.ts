import { fakeClock } from "@tongdai/shared/testing";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Account, OutgoingPart } from "../channel.ts";
import { memoryCredentials } from "../kit/testing/memory-credentials.ts";
import { deadUrl, type VendorStub } from "../kit/testing/vendor-stub.ts";
import { facebook } from "./index.ts";
import { graphError, graphStub, stubConfig } from "./testing/graph-stub.ts";

const messageId = "01900000-0000-7000-8000-000000000001";
const signal = new AbortController().signal;
const text: OutgoingPart = {
  messageId,
  to: "42",
  content: { kind: "text", text: "Dạ đơn của anh đang giao ạ 🚚" },
  replyToExternalId: null,
  human: false,
};
const file = (content: { kind: "image" | "video" | "audio" | "file"; bytes: Buffer }): OutgoingPart => ({
  ...text,
  content: { name: 'hoá đơn "1".pdf', mime: "application/pdf", ...content },
});

let stub: VendorStub;
let account: Account;
const open = (graphUrl: string, send: typeof fetch = fetch): Account =>
  facebook.open(
    { ...stubConfig, graphUrl },
    { fetch: send, clock: fakeClock(), credentials: memoryCredentials(), publicUrl: null },
  );

beforeEach(async () => {
  stub = await graphStub();
  account = open(stub.url);
});
afterEach(() => stub.close());

describe("the request", () => {
  it("carries text as an answer, with our id for the echo, and the proof of the secret", async () => {
    expect(await account.send(text, signal)).toMatchObject({ kind: "sent", externalId: "m_out_1" });
    const [request] = stub.requests;
    expect(request).toMatchObject({
      method: "POST",
      path: "/v25.0/1/messages",
      headers: {
        authorization: "Bearer access-token",
        accept: "application/json",
        "content-type": "application/json",
      },
    });
    expect(request?.body).toEqual({
      recipient: { id: "42" },
      messaging_type: "RESPONSE",
      message: { text: "Dạ đơn của anh đang giao ạ 🚚", metadata: messageId },
    });
    expect([...(request?.query.keys() ?? [])]).toEqual(["appsecret_proof"]);
  });

  it("tells the earliest that Meta can have had the message, by Meta's clock", async () => {
    const clock = fakeClock();
    const date = "Sat, 21 Nov 2026 02:00:07 GMT";
    const slow: typeof fetch = async () => {
      clock.advance(3_000);
      return Response.json({ message_id: "m_9" }, { headers: { date } });
    };
    const slowly = facebook.open(
      { ...stubConfig, graphUrl: stub.url },
      { fetch: slow, clock, credentials: memoryCredentials(), publicUrl: null },
    );
    const notBefore = Date.UTC(2026, 10, 21, 2, 0, 4);
    expect(await slowly.send(text, signal)).toEqual({ kind: "sent", externalId: "m_9", notBefore });
  });

  it("T7: the human agent's tag stands only on a person's words outside of the day", async () => {
    await account.send({ ...text, human: true }, signal);
    await account.send(text, signal);
    expect(stub.requests[0]?.body).toMatchObject({ messaging_type: "MESSAGE_TAG", tag: "HUMAN_AGENT" });
    expect(stub.requests[1]?.body).not.toHaveProperty("tag");
  });

  it("T6: no tag but the human agent's can be made", async () => {
    const parts = [text, file({ kind: "file", bytes: Buffer.from("x") })].flatMap((p) => [
      p,
      { ...p, human: true },
    ]);
    for (const part of parts) await account.send(part, signal);
    const tags = stub.requests.map((r) => r.body["tag"]);
    expect(tags).toEqual([undefined, "HUMAN_AGENT", undefined, "HUMAN_AGENT"]);
  });

  it("quotes", async () => {
    await account.send({ ...text, replyToExternalId: "m_9" }, signal);
    expect(stub.requests[0]?.body).toMatchObject({ reply_to: { mid: "m_9" } });
  });

  it.each(["image", "video", "audio", "file"] as const)("uploads %s with the message", async (kind) => {
    const bytes = Buffer.from([0, 255, 13, 10, 45, 45]);
    const part = { ...file({ kind, bytes }), replyToExternalId: "m_9", human: true };
    expect(await account.send(part, signal)).toMatchObject({ kind: "sent" });
    const { filedata, ...fields } = stub.requests[0]?.body ?? {};
    expect(fields).toEqual({
      recipient: { id: "42" },
      messaging_type: "MESSAGE_TAG",
      tag: "HUMAN_AGENT",
      reply_to: { mid: "m_9" },
      message: { attachment: { type: kind, payload: {} }, metadata: messageId },
    });
    expect(filedata).toBeInstanceOf(File);
    if (!(filedata instanceof File)) return;
    expect(filedata).toMatchObject({ name: 'hoá đơn "1".pdf', type: "application/pdf" });
    expect(Buffer.from(await filedata.arrayBuffer())).toEqual(bytes);
  });

  it("T9: text beyond the limit is refused before it is sent", async () => {
    const long = { ...text, content: { kind: "text" as const, text: "a".repeat(2001) } };
    expect(await account.send(long, signal)).toMatchObject({ kind: "failed", code: "invalid" });
    expect(await account.send(file({ kind: "file", bytes: Buffer.alloc(0) }), signal)).toMatchObject({
      kind: "failed",
    });
    expect(stub.requests).toHaveLength(0);
  });
});

describe("the answer", () => {
  it("slows the account down when the allowance runs out", async () => {
    const headers = {
      "x-business-use-case-usage": JSON.stringify({ "1": [{ type: "messenger", call_count: 95 }] }),
    };
    stub.reply({ json: { message_id: "m_7" }, headers });
    expect(await account.send(text, signal)).toMatchObject({
      kind: "sent",
      externalId: "m_7",
      slowDownMs: 6000,
    });
  });

  it("takes an id written as a number", async () => {
    stub.reply({ json: { message_id: 77 } });
    expect(await account.send(text, signal)).toMatchObject({ kind: "sent", externalId: "77" });
  });

  it("is unknown without a message id", async () => {
    for (const json of [{}, { recipient_id: "42" }, { message_id: "" }, []]) {
      stub.reply({ json });
      expect(await account.send(text, signal)).toMatchObject({ kind: "unknown" });
    }
  });

  it("is an error when it says so, whatever its status", async () => {
    stub.reply({
      json: { error: { message: "outside", code: "10", error_subcode: "2018278" } },
      status: 200,
    });
    expect(await account.send(text, signal)).toMatchObject({ kind: "failed", code: "outside_window" });
  });

  it("T21: a dead token pauses, and keeps Meta's words without the token", async () => {
    stub.reply(graphError(190, undefined, { message: "Malformed access token access-token" }));
    expect(await account.send(text, signal)).toEqual({
      kind: "paused",
      state: "login_needed",
      code: "login_needed",
      detail: "Malformed access token *** (190, AbC)",
    });
  });

  it("T22: HTML, a broken connection and a silent peer leave it unknown", async () => {
    stub.reply({ html: "<html>Sorry</html>", status: 200 });
    expect(await account.send(text, signal)).toMatchObject({ kind: "unknown" });
    stub.reply({ html: "<html>Bad gateway</html>", status: 502 });
    expect(await account.send(text, signal)).toMatchObject({ kind: "unknown" });
    stub.reply("drop");
    expect(await account.send(text, signal)).toMatchObject({ kind: "unknown" });
    stub.reply("hang");
    const patience = new AbortController();
    const outcome = account.send(text, patience.signal);
    await stub.nextRequest();
    patience.abort();
    expect(await outcome).toEqual({ kind: "unknown", detail: "no answer in time" });
    expect(stub.requests).toHaveLength(4);
  });

  it("follows no redirect: the token would go with it", async () => {
    const elsewhere = await graphStub();
    stub.reply({ html: "", status: 307, headers: { location: `${elsewhere.url}/v25.0/1/messages` } });
    expect(await account.send(text, signal)).toMatchObject({ kind: "retry", code: "temporary" });
    expect(elsewhere.requests).toHaveLength(0);
    await elsewhere.close();
  });
});

describe("no connection", () => {
  const fails = (cause: unknown): Account =>
    open(stub.url, () => Promise.reject(new TypeError("fetch failed", { cause })));
  const networkError = (code: string, syscall?: string) => Object.assign(new Error(code), { code, syscall });

  it("a refused connection is tried again", async () => {
    const refused = await open(await deadUrl()).send(text, signal);
    expect(refused).toMatchObject({
      kind: "retry",
      scope: "account",
      code: "no_answer",
      detail: "ECONNREFUSED",
    });
  });

  it.each([
    networkError("ENOTFOUND", "getaddrinfo"),
    networkError("UND_ERR_CONNECT_TIMEOUT"),
    networkError("ETIMEDOUT", "connect"),
    networkError("ECONNRESET", "connect"),
    networkError("CERT_HAS_EXPIRED"),
    new AggregateError([networkError("ECONNREFUSED", "connect"), networkError("ETIMEDOUT", "connect")]),
  ])("nothing was written: %s", async (cause) => {
    expect(await fails(cause).send(text, signal)).toMatchObject({ kind: "retry" });
  });

  it.each([
    networkError("ECONNRESET", "read"),
    networkError("ETIMEDOUT", "read"),
    networkError("EPIPE", "write"),
    networkError("UND_ERR_SOCKET"),
    networkError("UND_ERR_HEADERS_TIMEOUT"),
    new AggregateError([networkError("ECONNREFUSED", "connect"), networkError("EPIPE", "write")]),
    new AggregateError([]),
    undefined,
    "odd",
  ])("something may have been: %s", async (cause) => {
    expect(await fails(cause).send(text, signal)).toMatchObject({ kind: "unknown" });
  });
});
