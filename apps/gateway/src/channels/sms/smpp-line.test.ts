import { fakeClock } from "@tongdai/shared/testing";
import type { Pdu, ServerSession } from "smpp";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Account, Link } from "../channel.ts";
import { memoryCredentials } from "../kit/testing/memory-credentials.ts";
import { sms } from "./index.ts";
import { SILENT, type Smsc, smsc } from "./testing/smsc.ts";

const patient = new AbortController().signal;
const text = {
  messageId: "01900000-0000-7000-8000-000000000001",
  to: "+84901234567",
  content: { kind: "text", text: "x" } as const,
  replyToExternalId: null,
  human: false,
};

describe("a line to an SMSC", () => {
  let peer: Smsc;
  let clock: ReturnType<typeof fakeClock>;
  let stop: AbortController;
  beforeEach(async () => {
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
  const submitted = async (n: number): Promise<void> => {
    await expect.poll(() => peer.submits.length).toBe(n);
  };

  it("carries no more requests without an answer than its window allows", async () => {
    peer.script.push(SILENT, SILENT);
    const account = open({ window: 2 });
    const sends = [1, 2, 3].map(() => account.send(text, patient));
    await submitted(2);
    const [first] = peer.submits;
    if (first) peer.sessions[0]?.send(first.response({ message_id: "late" }));
    await submitted(3);
    clock.advance(10_000);
    expect((await Promise.all(sends)).map((o) => o.kind)).toEqual(["sent", "unknown", "sent"]);
  });

  it("that is full of requests for long sends what waits back to the queue, and writes none of it later", async () => {
    peer.script.push(SILENT);
    const account = open({ window: 1 });
    const first = account.send(text, patient);
    await submitted(1);
    const second = account.send(text, patient);
    clock.advance(8_000);
    expect(await second).toMatchObject({ kind: "retry", code: "throttled", scope: "account" });
    clock.advance(2_000);
    expect(await first).toMatchObject({ kind: "unknown" });
    expect(await account.send(text, patient)).toMatchObject({ kind: "sent", externalId: "id-2" });
  });

  it("that is half open swallows no more than what was on its way: it is looked at, given up and made again", async () => {
    peer.quiet = true;
    peer.script.push(SILENT);
    const account = open();
    const lost = account.send(text, patient);
    await submitted(1);
    clock.advance(10_000);
    expect(await lost).toMatchObject({ kind: "unknown" });
    const held = account.send(text, patient);
    await expect.poll(() => peer.looks).toBe(1);
    expect(peer.submits).toHaveLength(1);
    clock.advance(5_000);
    expect(await held).toMatchObject({ kind: "retry", code: "no_answer", scope: "account" });
    expect(await account.send(text, patient)).toMatchObject({ kind: "sent", externalId: "id-2" });
    expect(peer.sessions).toHaveLength(2);
  });

  it("that lives goes on as soon as it has answered the look that a lost answer gave rise to", async () => {
    peer.script.push(SILENT);
    const account = open();
    const lost = account.send(text, patient);
    await submitted(1);
    clock.advance(10_000);
    expect(await lost).toMatchObject({ kind: "unknown" });
    expect(await account.send(text, patient)).toMatchObject({ kind: "sent" });
    expect([peer.looks, peer.sessions.length]).toEqual([1, 1]);
  });

  it("that is not let in has carried nothing: what was to leave waits in the queue", async () => {
    peer.bindStatus = SILENT;
    const asked = peer.bound("bind_transmitter");
    const send = open().send(text, patient);
    await asked;
    clock.advance(5_000);
    expect(await send).toMatchObject({ kind: "retry", code: "no_answer", scope: "account" });
  });

  describe("and a PDU that nobody can read", () => {
    /** A deliver_sm whose last field says that it is longer than it is. */
    const poison = (sequence: number): Buffer => {
      const head = Buffer.alloc(16);
      const body = Buffer.from(
        "\0\x01\x0184901234567\0\x01\x018099\0\0\0\0\0\0\0\0\0\0\0\x04\x27\0\x01",
        "latin1",
      );
      for (const [i, value] of [16 + body.length, 5, 0, sequence].entries()) head.writeUInt32BE(value, i * 4);
      return Buffer.concat([head, body]);
    };
    const answerTo = (session: ServerSession, sequence: number): Promise<Pdu> =>
      new Promise((resolve) => {
        session.on("deliver_sm_resp", (pdu: Pdu) => pdu.sequence_number === sequence && resolve(pdu));
      });

    async function hearing(receive: () => Promise<void> = async () => undefined) {
      const came: unknown[] = [];
      const bound = peer.bound("bind_receiver");
      const link: Link = {
        files: { put: () => Promise.reject(new Error("no")), stream: () => Promise.reject(new Error("no")) },
        up: () => undefined,
        place: async () => null,
        move: async () => undefined,
        async receive(brought) {
          await receive();
          for (const { body } of brought) came.push(...sms.parse(body, ["8099"]).map((i) => i.event));
        },
      };
      void open().connect?.(link, stop.signal);
      return { session: await bound, came };
    }

    it("is kept as it is, acknowledged and told of; the line goes on", async () => {
      const { session, came } = await hearing();
      const answer = answerTo(session, 77);
      session.socket.write(poison(77));
      expect(await answer).toMatchObject({ command_status: 0 });
      const next = answerTo(session, 78);
      // No sender: it can be read, and makes no sense.
      session.socket.write(Buffer.from("000000110000000500000000000000" + "4e" + "00", "hex"));
      expect(await next).toMatchObject({ command_status: 0 });
      expect(came).toMatchObject([
        { kind: "unsupported", isLoss: true },
        { kind: "unsupported", isLoss: true },
      ]);
      expect(peer.sessions).toHaveLength(1);
    });

    it("that cannot be kept now is asked for again", async () => {
      const { session } = await hearing(async () => {
        throw new Error("the store is down");
      });
      const answer = answerTo(session, 77);
      session.socket.write(poison(77));
      expect(await answer).toMatchObject({ command_status: 0x64 });
    });
  });
});
