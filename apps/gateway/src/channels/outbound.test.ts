import { builtInRoles, permissionsOf } from "@tongdai/shared";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Ctx } from "../context.ts";
import { saveAccount, watchAccount } from "../features/channel-accounts/index.ts";
import { handlers, receiveItem } from "../features/conversations/index.ts";
import { saveQueue } from "../features/queues/index.ts";
import { accountById } from "../store/accounts.ts";
import { person } from "../testing/scene.ts";
import { type TestCtx, testCtx } from "../testing/test-ctx.ts";
import type { Wakeable } from "../wakeable.ts";
import type { ParsedItem } from "./channel.ts";
import { type FakeChannel, fakeChannel } from "./fake/index.ts";
import { outbound } from "./outbound.ts";

const A = "page-a";
const B = "page-b";

describe.each(["sqlite", "postgres"] as const)("what leaves beside what is slow, on %s", (engine) => {
  let base: TestCtx;
  let ctx: Ctx;
  let fake: FakeChannel;
  let rate: { text: number; media: number };
  let out: Wakeable;
  let queueId: string;
  /** Ends every file host's silence. */
  let release: () => void;
  let asked: string[];

  beforeEach(async () => {
    rate = { text: Number.POSITIVE_INFINITY, media: Number.POSITIVE_INFINITY };
    fake = fakeChannel({ rate });
    base = await testCtx({ engine, channels: [fake.channel] });
    const silence = Promise.withResolvers<never>();
    release = () => silence.reject(new Error("the host is gone"));
    silence.promise.catch(() => {});
    asked = [];
    ctx = {
      ...base,
      fetchMedia: (url) => {
        asked.push(url);
        return silence.promise;
      },
      wake: { ...base.wake, outbox: () => out.wake() },
    };
    out = outbound(
      () => ctx,
      () => 0,
    );
    const queue = { id: null, name: "Q", memberIds: [], offerSeconds: 30, wrapUpSeconds: 60 };
    queueId = (await saveQueue(ctx, null, { ...queue, dispositions: [{ name: "x", resolved: true }] })).id;
    for (const name of [A, B])
      await saveAccount(ctx, null, {
        id: null,
        channel: "sms",
        name,
        queueId,
        enabled: true,
        config: fake.config(name),
      });
  });
  afterEach(async () => {
    fake.always(null);
    release();
    // Past the patience with a vendor that says nothing.
    base.clock.advance(31_000);
    await out.close();
    await base.close();
  });

  const receive = (item: ParsedItem) =>
    ctx.store.write((tx) =>
      receiveItem(tx, ctx, { channel: "sms", webhookKey: "fake-sms", item, receivedAt: ctx.clock.now() }),
    );
  const picture = (page: string, i: number) =>
    receive(
      fake.inbound(page).message({
        from: `khach-${i}`,
        externalId: `anh-${page}-${i}`,
        attachments: [
          {
            kind: "image",
            fetchUrl: `https://cdn.example/${page}/${i}`,
            name: "a.png",
            title: null,
            url: null,
          },
        ],
      }),
    );
  const answer = async (page: string, from: string, text: string) => {
    const agent = await person(ctx, { roles: ["supervisor"], queueIds: [queueId] });
    await receive(fake.inbound(page).message({ from, externalId: `${page}-${from}` }));
    const view = await ctx.store.db
      .selectFrom("conversation as c")
      .innerJoin("identity as i", "i.id", "c.identity_id")
      .select("c.id")
      .where("i.external_id", "=", from)
      .executeTakeFirstOrThrow();
    await handlers["message.send"](
      ctx,
      { ...agent, permissions: permissionsOf(["agent", "supervisor"], builtInRoles) },
      { clientId: crypto.randomUUID(), conversationId: view.id, text, mediaIds: [], replyToId: null },
    );
  };

  test("sixty pictures whose host says nothing keep no answer from leaving, and no other page's picture", async () => {
    for (let i = 0; i < 60; i++) await picture(A, i);
    await answer(A, "mai", "vẫn trả lời được");
    await fake.attempted(1);
    expect(fake.attempts.map((p) => p.content)).toEqual([{ kind: "text", text: "vẫn trả lời được" }]);
    await picture(B, 99);
    await answer(B, "lan", "trang kia cũng vậy");
    await fake.attempted(2);
    expect(asked.filter((url) => url.includes(B))).toHaveLength(1);
    expect(asked.length).toBeLessThan(10);
  });

  test("a page whose vendor is slow leaves places to the others", async () => {
    fake.always(({ to }) => (to === "lan" ? { kind: "sent", externalId: "ra-1" } : new Promise(() => {})));
    for (let i = 0; i < 20; i++) await answer(A, `cham-${i}`, "chờ");
    await fake.attempted(16);
    await answer(B, "lan", "không chờ ai");
    await fake.attempted(17);
    expect(fake.attempts.filter((p) => p.account === A)).toHaveLength(16);
    expect(fake.attempts.at(-1)).toMatchObject({ account: B, to: "lan" });
  });

  test("a page whose vendor takes many a second has as many on their way as its rate needs", async () => {
    rate.text = 80;
    fake.always(({ to }) => (to === "lan" ? { kind: "sent", externalId: "ra-1" } : new Promise(() => {})));
    for (let i = 0; i < 24; i++) await answer(A, `nhanh-${i}`, "cùng đi");
    for (let left = 1; left <= 20; left++) {
      await fake.attempted(left);
      base.clock.advance(20);
      out.wake();
    }
    await answer(B, "lan", "không chờ ai");
    await fake.attempted(21);
    expect(fake.attempts.filter((p) => p.account === A)).toHaveLength(20);
  });

  test("a vendor that hangs loses no more than what was on its way; it is asked by checks, then by one message", async () => {
    const accountId = async () =>
      (
        await ctx.store.db
          .selectFrom("channel_account")
          .select("id")
          .where("external_id", "=", A)
          .executeTakeFirstOrThrow()
      ).id;
    const id = await accountId();
    const health = async () => (await accountById(ctx.store, id))?.health;
    const states = async () => {
      const rows = await ctx.store.db
        .selectFrom("message")
        .select("state")
        .where("direction", "=", "out")
        .execute();
      return Object.groupBy(rows, (r) => r.state);
    };
    const count = async (state: string) => (await states())[state]?.length ?? 0;
    /** Until nothing more moves while the time stands still. */
    const calm = async (attempts: number) => {
      await fake.attempted(attempts);
      base.clock.advance(31_000);
      await out.idle();
    };

    fake.always(() => new Promise(() => {}));
    for (let i = 0; i < 20; i++) await answer(A, `treo-${i}`, "có ai nghe không");
    await calm(16);
    expect([await health(), await count("unknown"), await count("queued")]).toEqual(["unreachable", 16, 4]);

    fake.answerChecks(new Error("no answer"));
    await watchAccount(ctx, id);
    expect([await health(), fake.attempts.length]).toEqual(["unreachable", 16]);
    const timer = await ctx.store.db
      .selectFrom("timer")
      .select("due_at")
      .where("key", "=", `account_watch:${id}`)
      .executeTakeFirst();
    expect(timer?.due_at).toBe(ctx.clock.now() + 60_000);

    // It answers checks, and still swallows messages: that costs one.
    fake.answerChecks(null);
    await watchAccount(ctx, id);
    await calm(17);
    expect([await health(), await count("unknown"), await count("queued")]).toEqual(["unreachable", 17, 3]);

    fake.always(null);
    await watchAccount(ctx, id);
    await fake.attempted(20);
    await out.idle();
    expect([await health(), await count("sent"), await count("queued")]).toEqual(["ok", 3, 0]);
  });
});
