import { once } from "node:events";
import { AppError } from "@tongdai/shared";
import { fakeClock } from "@tongdai/shared/testing";
import smpp, { type Pdu, type ServerSession } from "smpp";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Account, Brought, Link } from "../channel.ts";
import { memoryCredentials } from "../kit/testing/memory-credentials.ts";
import { sms } from "./index.ts";
import { SILENT, type Smsc, smsc } from "./testing/smsc.ts";

const TO = "+84901234567";
const patient = new AbortController().signal;
const text = (words: string) => ({
  messageId: "01900000-0000-7000-8000-000000000001",
  to: TO,
  content: { kind: "text", text: words } as const,
  replyToExternalId: null,
  human: false,
});

describe("SMPP", () => {
  let peer: Smsc;
  let clock: ReturnType<typeof fakeClock>;
  let stop: AbortController;
  /** The place of the account's line. */
  let kept: string | null;
  beforeEach(async () => {
    kept = null;
    peer = await smsc();
    clock = fakeClock();
    stop = new AbortController();
  });
  afterEach(async () => {
    stop.abort();
    await peer.close();
  });

  const open = (more: object = {}): Account =>
    sms.open(
      {
        provider: "smpp",
        sender: "8099",
        host: "127.0.0.1",
        port: peer.port,
        systemId: "sen",
        password: "mk",
        ...more,
      },
      { fetch, clock, credentials: memoryCredentials(), publicUrl: null },
    );

  /** A kept line, and what came by it. */
  async function hearing(
    account: Account,
    receive: (brought: Brought) => Promise<void> = async () => undefined,
  ) {
    const bound = peer.bound("bind_receiver");
    const came: unknown[] = [];
    const link: Link = {
      files: { put: () => Promise.reject(new Error("no")), stream: () => Promise.reject(new Error("no")) },
      up: () => undefined,
      place: async () => kept,
      move: async ({ to }) => {
        kept = to;
      },
      receive: async (brought, place) => {
        for (const each of brought) await receive(each);
        if (place?.from !== undefined && place.from !== kept)
          throw new AppError("conflict", "the place is another");
        kept = place?.to ?? kept;
        for (const { body } of brought) came.push(...sms.parse(body, ["8099"]).map((item) => item.event));
      },
    };
    const ended = account.connect?.(link, stop.signal) ?? Promise.resolve();
    return { session: await bound, came, ended };
  }
  const deliver = (session: ServerSession, fields: object): Promise<Pdu> =>
    new Promise((resolve) => {
      session.send(new smpp.PDU("deliver_sm", { source_addr: "84901234567", ...fields }), resolve);
    });

  it.each([
    ["plain letters", "Xin chao @ _ $ € [ ] ^ é", 0],
    ["letters with marks and emoji", "Chào chị 😀 ạ", 8],
  ])("S20, S21: %s arrive as they were written, in the coding that is said", async (_, words, coding) => {
    expect(await open().send(text(words), patient)).toEqual({ kind: "sent", externalId: "id-1" });
    const [pdu] = peer.submits;
    expect(pdu).toMatchObject({
      data_coding: coding,
      source_addr: "8099",
      source_addr_ton: 3,
      destination_addr: "84901234567",
      dest_addr_ton: 1,
      registered_delivery: 1,
      short_message: { message: words },
    });
  });

  it("a long text leaves in linked parts, each within its limit and with a receipt of its own", async () => {
    const words = "Đơn hàng đã giao 😀 ".repeat(10);
    const outcome = await open().send(text(words), patient);
    const ids = peer.submits.map((_, i) => `id-${i + 1}`);
    expect(outcome).toEqual({ kind: "sent", externalId: ids.at(-1), partIds: ids });
    const parts = peer.submits.map((pdu) => pdu["short_message"] as { message: string; udh: Buffer[] });
    expect(parts.map((p) => p.message).join("")).toBe(words);
    expect(parts.map((p) => [...(p.udh[0] ?? [])].slice(3))).toEqual(
      parts.map((_, i) => [parts.length, i + 1]),
    );
    expect(new Set(parts.map((p) => p.udh[0]?.[2])).size).toBe(1);
    expect(parts.every((p) => p.message.length <= 67)).toBe(true);
    expect(peer.submits.map((pdu) => pdu["registered_delivery"])).toEqual(parts.map(() => 1));
    expect(peer.submits.every((pdu) => (Number(pdu["esm_class"]) & 0x40) !== 0)).toBe(true);
  });

  it("or whole, where the SMSC takes it so", async () => {
    const words = "a".repeat(400);
    await open({ longTexts: "payload" }).send(text(words), patient);
    expect(peer.submits).toHaveLength(1);
    expect(peer.submits[0]).toMatchObject({ message_payload: { message: words } });
  });

  it("S17: an SMSC that is too busy takes the same message a little later", async () => {
    peer.script.push(0x58);
    const account = open();
    expect(await account.send(text("x"), patient)).toMatchObject({
      kind: "retry",
      code: "throttled",
      scope: "account",
    });
    expect(await account.send(text("x"), patient)).toMatchObject({ kind: "sent" });
  });

  it("an answer that does not come leaves a message unknown, and half a message too", async () => {
    peer.script.push(SILENT);
    const account = open();
    const first = account.send(text("x"), patient);
    await expect.poll(() => peer.submits.length).toBe(1);
    clock.advance(10_000);
    expect(await first).toMatchObject({ kind: "unknown", detail: "no answer in time" });
    peer.script.push(0, 0x66);
    expect(await account.send(text("a".repeat(200)), patient)).toMatchObject({
      kind: "unknown",
      detail: expect.stringContaining("1 of 2 parts"),
    });
  });

  it("a connection that breaks before the answer leaves it unknown; one that cannot be made proves that nothing left", async () => {
    peer.script.push(SILENT);
    const account = open();
    const first = account.send(text("x"), patient);
    await expect.poll(() => peer.submits.length).toBe(1);
    for (const session of peer.sessions) session.destroy();
    expect(await first).toMatchObject({ kind: "unknown" });
    const second = open({ port: 1 });
    expect(await second.send(text("x"), patient)).toMatchObject({ kind: "retry", scope: "account" });
  });

  it("S19: a wrong password pauses the account, and asks for a log-in", async () => {
    peer.bindStatus = 0x0e;
    const account = open();
    expect(await account.send(text("x"), patient)).toMatchObject({ kind: "paused", state: "login_needed" });
    expect(await account.check(patient)).toMatchObject({ state: "login_needed" });
    const { ended } = await hearing(account);
    await expect(ended).rejects.toMatchObject({ code: "channel_paused" });
  });

  it("S18: an SMSC that no longer answers our look is given up", async () => {
    const { ended } = await hearing(open());
    peer.quiet = true;
    const why = ended.catch((error: unknown) => error);
    clock.advance(30_000);
    clock.advance(10_000);
    expect(await why).toMatchObject({ message: "no answer in time" });
  });

  it("receipts are read from their fields, else from their text, whatever the customer's words say", async () => {
    const { session, came } = await hearing(open());
    const receipt =
      "id:77 sub:001 dlvrd:001 submit date:2611221200 done date:2611221201 stat:UNDELIV err:00B text:stat:DELIVRD";
    const answer = await deliver(session, { esm_class: 0x04, short_message: receipt });
    expect(answer).toMatchObject({ command: "deliver_sm_resp", command_status: 0 });
    await deliver(session, {
      esm_class: 0x04,
      short_message: receipt,
      receipted_message_id: "78",
      message_state: 2,
    });
    await deliver(session, { esm_class: 0x04, short_message: "id:79 stat:ACCEPTD" });
    expect(came).toMatchObject([
      { kind: "undelivered", from: TO, externalIds: ["77"], detail: "UNDELIV 00B" },
      { kind: "delivered", externalIds: ["78"] },
      { kind: "unsupported" },
    ]);
  });

  it("S11: an id that answers write in hexadecimal is found by its decimal, and the reverse, where that is agreed", async () => {
    const { session, came } = await hearing(open({ receiptIds: "other_base" }));
    await deliver(session, { esm_class: 0x04, short_message: "id:0001711276032 stat:DELIVRD" });
    await deliver(session, { esm_class: 0x04, short_message: "id:66000000 stat:DELIVRD" });
    expect(came[0]).toMatchObject({ externalIds: expect.arrayContaining(["66000000"]) });
    expect(came[1]).toMatchObject({ externalIds: expect.arrayContaining(["1711276032"]) });
  });

  it("S12 to S14: parts are known by their header, of eight bits or sixteen, or by their fields, and it is not shown", async () => {
    const { session, came } = await hearing(open());
    const part = (udh: readonly number[], message: string, esm_class = 0x40) =>
      deliver(session, { esm_class, data_coding: 8, short_message: { udh: Buffer.from(udh), message } });
    await part([5, 0, 3, 9, 2, 2], "chị");
    await part([6, 8, 4, 1, 2, 2, 1], "Chào ", 0x43);
    await deliver(session, {
      data_coding: 0,
      short_message: "one",
      sar_msg_ref_num: 7,
      sar_total_segments: 3,
      sar_segment_seqnum: 1,
    });
    expect(came).toMatchObject([
      { kind: "message_part", text: "chị", reference: 9, total: 2, number: 2 },
      { kind: "message_part", text: "Chào ", reference: 258, total: 2, number: 1 },
      { kind: "message_part", text: "one", reference: 7, total: 3, number: 1 },
    ]);
  });

  it("what comes in a coding that nobody reads is not swallowed: shown where it is UTF-8, else told of", async () => {
    const { session, came } = await hearing(open());
    await deliver(session, { data_coding: 4, short_message: Buffer.from("Chào chị") });
    await deliver(session, { data_coding: 4, short_message: Buffer.from([0xff, 0xfe, 0x00, 0x81]) });
    await deliver(session, { data_coding: 0xf4, short_message: Buffer.from([0, 1, 2]) });
    await deliver(session, {
      esm_class: 4,
      data_coding: 4,
      short_message: Buffer.from("id:7 stat:DELIVRD err:000 text:x"),
    });
    expect(came).toMatchObject([
      { kind: "message", text: "Chào chị", attachments: [] },
      { kind: "message", text: "", attachments: [{ kind: "unsupported" }] },
      { kind: "message", text: "", attachments: [{ kind: "unsupported" }] },
      { kind: "delivered", externalIds: ["7"] },
    ]);
  });

  it("S15: what could not be kept is not acknowledged, and its repetition is the same message", async () => {
    let isDown = true;
    const { session, came } = await hearing(open(), async () => {
      if (isDown) throw new Error("the store is down");
    });
    const message = { data_coding: 0, short_message: "ok" };
    expect(await deliver(session, message)).toMatchObject({ command_status: 0x64 });
    isDown = false;
    expect(await deliver(session, message)).toMatchObject({ command_status: 0 });
    await deliver(session, message);
    expect(came).toHaveLength(2);
    const [first, second] = came as { externalId: string }[];
    expect(first?.externalId).not.toBe(second?.externalId);
  });

  it("S15: a repetition because our answer was lost has the key of the first", async () => {
    const keys: unknown[] = [];
    const account = open();
    const first = await hearing(account, async ({ body }) => {
      keys.push((body as { fields: { key: string } }).fields.key);
      first.session.destroy();
      await once(first.session.socket, "close").catch(() => undefined);
    });
    const message = { data_coding: 0, short_message: "Còn hàng không?" };
    void deliver(first.session, { ...message, data_coding: 8 });
    await expect(first.ended).rejects.toThrow();
    const again = await hearing(account, async ({ body }) => {
      keys.push((body as { fields: { key: string } }).fields.key);
    });
    await deliver(again.session, { ...message, data_coding: 8 });
    expect(keys).toHaveLength(2);
    expect(keys[0]).toBe(keys[1]);
  });

  it("S15: another process, too, knows what it was not known to have answered, and that the next same words are new", async () => {
    const keys: unknown[] = [];
    const note = async ({ body }: Brought) =>
      void keys.push((body as { fields: { key: string } }).fields.key);
    const message = { data_coding: 0, short_message: "ok" };
    const first = await hearing(open(), note);
    await deliver(first.session, message);
    first.session.destroy();
    await expect(first.ended).rejects.toThrow();
    const second = await hearing(open(), note);
    await deliver(second.session, message);
    await deliver(second.session, message);
    expect(new Set(keys).size).toBe(2);
    expect(keys[0]).toBe(keys[1]);
  });

  it("S15: the same words are new once the line has answered after our answer, also for another process", async () => {
    const keys: unknown[] = [];
    const note = async ({ body }: Brought) =>
      void keys.push((body as { fields: { key: string } }).fields.key);
    const message = { data_coding: 0, short_message: "ok" };
    const first = await hearing(open(), note);
    await deliver(first.session, message);
    clock.advance(30_000);
    await expect.poll(() => kept).toBe("[]");
    first.session.destroy();
    await expect(first.ended).rejects.toThrow();
    await deliver((await hearing(open(), note)).session, message);
    expect(new Set(keys).size).toBe(2);
  });
});
