import { builtInRoles, permissionsOf } from "@tongdai/shared";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Caller, Ctx } from "../context.ts";
import { saveAccount } from "../features/channel-accounts/index.ts";
import { handlers, receiveItem } from "../features/conversations/index.ts";
import { saveQueue } from "../features/queues/index.ts";
import { person } from "../testing/scene.ts";
import { type TestCtx, testCtx } from "../testing/test-ctx.ts";
import type { Wakeable } from "../wakeable.ts";
import type { ParsedItem } from "./channel.ts";
import { type FakeChannel, fakeChannel } from "./fake/index.ts";
import { outbound } from "./outbound.ts";

const MAI = "mai";

describe.each(["sqlite", "postgres"] as const)("what becomes of a message, on %s", (engine) => {
  let base: TestCtx;
  let ctx: Ctx;
  let fake: FakeChannel;
  let out: Wakeable;
  let agent: Caller;

  beforeEach(async () => {
    const rate = { text: Number.POSITIVE_INFINITY, media: Number.POSITIVE_INFINITY };
    fake = fakeChannel({ now: () => base.clock.now(), rate });
    base = await testCtx({ engine, channels: [fake.channel] });
    ctx = { ...base, wake: { ...base.wake, outbox: () => out.wake() } };
    out = outbound(
      () => ctx,
      () => 0,
    );
    const queue = { id: null, name: "Q", memberIds: [], offerSeconds: 30, wrapUpSeconds: 60 };
    const { id: queueId } = await saveQueue(ctx, null, {
      ...queue,
      dispositions: [{ name: "x", resolved: true }],
    });
    const account = { id: null, channel: "sms", name: "A", queueId, enabled: true } as const;
    await saveAccount(ctx, null, { ...account, config: fake.config() });
    const someone = await person(ctx, { roles: ["supervisor"], queueIds: [queueId] });
    agent = { ...someone, permissions: permissionsOf(["agent", "supervisor"], builtInRoles) };
    await receive(fake.inbound().message({ from: MAI }));
  });
  afterEach(async () => {
    await out.close();
    await base.close();
  });

  const receive = (item: ParsedItem) =>
    ctx.store.write((tx) =>
      receiveItem(tx, ctx, { channel: "sms", webhookKey: "fake-sms", item, receivedAt: ctx.clock.now() }),
    );
  const conversationId = async (): Promise<string> =>
    (await ctx.store.db.selectFrom("conversation").select("id").executeTakeFirstOrThrow()).id;
  const send = async (text: string): Promise<void> => {
    const input = { clientId: crypto.randomUUID(), conversationId: await conversationId(), text };
    await handlers["message.send"](ctx, agent, { ...input, mediaIds: [], replyToId: null });
    await out.idle();
  };
  const sent = async () => {
    const rows = await ctx.store.db
      .selectFrom("message")
      .select(["text", "state", "external_id", "author_kind", "error"])
      .where("direction", "=", "out")
      .orderBy("at")
      .orderBy("id")
      .execute();
    return rows.map((r) => ({ ...r, error: r.error === null ? null : (JSON.parse(r.error) as unknown) }));
  };
  const events = () => fake.inbound();
  const named = (externalId: string) => ({ from: MAI, externalIds: [externalId], watermark: null });
  const idOf = (i: number): string => fake.sent[i]?.externalId ?? "";

  describe("a vendor whose receipts name messages", () => {
    test("moves those and no others, and only forward", async () => {
      await send("một");
      await send("hai");
      await receive(events().read(named(idOf(0))));
      await receive(events().delivered(named(idOf(0))));
      expect((await sent()).map((m) => m.state)).toEqual(["read", "sent"]);
    });

    test("may name one before it has answered its sending", async () => {
      const { gate, arrive } = slowly();
      const sending = send("một");
      await arrive;
      await receive(events().delivered(named("later")));
      gate.resolve({ kind: "sent", externalId: "later" });
      await sending;
      expect(await sent()).toMatchObject([{ state: "delivered", external_id: "later" }]);
    });

    test("may say that one did not arrive: it failed, with the reason, unless it did arrive", async () => {
      await send("một");
      await send("hai");
      await receive(events().delivered(named(idOf(1))));
      for (const i of [0, 1])
        await receive(
          events().undelivered({ ...named(idOf(i)), code: "recipient_unknown", detail: "30005" }),
        );
      expect(await sent()).toMatchObject([
        { state: "failed", error: { code: "recipient_unknown", detail: "30005" } },
        { state: "delivered", error: null },
      ]);
    });

    test("that says of one that it arrived after all is believed", async () => {
      await send("một");
      await receive(events().undelivered({ ...named(idOf(0)), code: "recipient_unknown", detail: "" }));
      await receive(events().delivered(named(idOf(0))));
      expect(await sent()).toMatchObject([{ state: "delivered", error: null }]);
    });
  });

  describe("a vendor whose echoes repeat no id of ours", () => {
    const echo = (text: string, externalId: string, byContent = true) =>
      receive(events().echo({ to: MAI, text, externalId, byContent }));

    test("and that calls a message by another id than its answer did, has one message, by both ids", async () => {
      await send("Dạ em gửi");
      await echo("Dạ em gửi", "echo-1");
      expect(await sent()).toHaveLength(1);
      await receive(events().delivered(named("echo-1")));
      expect(await sent()).toMatchObject([{ state: "delivered", external_id: idOf(0) }]);
      await receive(events().read(named(idOf(0))));
      expect(await sent()).toMatchObject([{ state: "read" }]);
    });

    test("that is quicker than the answer proves the sending, and the answer's id is the message's too", async () => {
      const { gate, arrive } = slowly();
      const sending = send("Dạ em gửi");
      await arrive;
      await echo("Dạ em gửi", "echo-1");
      expect(await sent()).toMatchObject([{ state: "sent", external_id: "echo-1" }]);
      await receive(events().read(named("answer-1")));
      gate.resolve({ kind: "sent", externalId: "answer-1" });
      await sending;
      expect(await sent()).toMatchObject([{ state: "read", external_id: "echo-1" }]);
    });

    test("settles one whose answer was lost", async () => {
      fake.script({ kind: "unknown", detail: "no answer" });
      await send("Dạ em gửi");
      expect(await sent()).toMatchObject([{ state: "unknown" }]);
      await echo("Dạ em gửi", "echo-1");
      expect(await sent()).toMatchObject([{ state: "sent", external_id: "echo-1" }]);
    });

    test("is known by when it left, which may be long after it was written", async () => {
      const busy = {
        code: "throttled",
        detail: "",
        scope: "message",
        afterMs: 600_000,
        attempts: 5,
      } as const;
      fake.script({ kind: "retry", ...busy });
      await send("Dạ em gửi");
      const { gate, arrive } = slowly();
      base.clock.advance(600_000);
      await arrive;
      await echo("Dạ em gửi", "echo-1");
      gate.resolve({ kind: "sent", externalId: "answer-1" });
      await out.idle();
      expect(await sent()).toMatchObject([{ author_kind: "agent", state: "sent", external_id: "echo-1" }]);
    });

    test("takes the same words twice for two messages, and a repeated echo for one", async () => {
      fake.script({ kind: "unknown", detail: "" }, { kind: "unknown", detail: "" });
      await send("Dạ");
      await send("Dạ");
      await echo("Dạ", "echo-1");
      await echo("Dạ", "echo-1");
      expect((await sent()).map((m) => m.state)).toEqual(["sent", "unknown"]);
      await echo("Dạ", "echo-2");
      expect((await sent()).map((m) => m.external_id)).toEqual(["echo-1", "echo-2"]);
    });

    test("is somebody else's when nobody here has written that, when it was long ago, or when the vendor says so", async () => {
      await send("Dạ");
      await echo("Chào chị", "echo-1");
      await echo("Dạ", "echo-2", false);
      base.clock.advance(61_000);
      await echo("Dạ", "echo-3");
      expect((await sent()).map((m) => m.author_kind)).toEqual(["agent", "outside", "outside", "outside"]);
    });
  });

  /** The next sending is answered when the test says so. */
  function slowly() {
    type Outcome = { kind: "sent"; externalId: string };
    const gate = Promise.withResolvers<Outcome>();
    const arrived = Promise.withResolvers<void>();
    fake.script(() => {
      arrived.resolve();
      return gate.promise;
    });
    return { gate, arrive: arrived.promise };
  }
});
