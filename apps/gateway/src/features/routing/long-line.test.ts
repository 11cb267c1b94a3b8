import { defaultQueueRules, type Limits, type QueueRules, type WorkKind } from "@tongdai/shared";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { facebook } from "../../channels/facebook/index.ts";
import { newId } from "../../ids.ts";
import { updateConversation } from "../../store/conversations.ts";
import { insertAgentState } from "../../store/people.ts";
import { ask, type Scene, scene, type Work, work } from "../../testing/scene.ts";
import { type TestCtx, testCtx } from "../../testing/test-ctx.ts";
import { handlers as customers } from "../customers/index.ts";
import { saveQueue } from "../queues/index.ts";
import { routeWaiting } from "./route-waiting.ts";

/** More than a pass looks at. */
const LENGTH = 410;
/** As many as there are connections to the store. */
const AT_ONCE = 10;
const HOUR = 3_600_000;
/** Hundreds of customers on two stores. */
vi.setConfig({ testTimeout: 60_000 });

describe.each(["sqlite", "postgres"] as const)("a line longer than a pass looks at, on %s", (engine) => {
  let ctx: TestCtx;
  let s: Scene;
  beforeEach(async () => {
    ctx = await testCtx({ engine, channels: [facebook] });
    s = await scene(ctx);
  });
  afterEach(() => ctx.close());

  /** They come at once, later than those before. */
  const line = async (length = LENGTH, kind: WorkKind = "chat"): Promise<Work[]> => {
    ctx.clock.advance(1);
    const all: Work[] = [];
    while (all.length < length) {
      const some = Array.from({ length: Math.min(AT_ONCE, length - all.length) }, () =>
        work(ctx, s, { queueId: s.care, kind }),
      );
      all.push(...(await Promise.all(some)));
    }
    return all;
  };

  const setRules = (rules: Partial<QueueRules>) =>
    saveQueue(ctx, null, {
      id: s.care,
      name: "Chăm sóc",
      memberIds: [s.lan.userId],
      offerSeconds: 30,
      wrapUpSeconds: 60,
      dispositions: [{ name: "Xong", resolved: true }],
      rules: { ...defaultQueueRules, ...rules },
    });

  const isThere = (limits: Limits, userId = s.lan.userId) =>
    ctx.store.write((tx) =>
      insertAgentState(tx, {
        user_id: userId,
        state: "available",
        reason: null,
        since: ctx.clock.now(),
        limit_call: limits.call,
        limit_chat: limits.chat,
        limit_mail: limits.mail,
        idle_since: ctx.clock.now(),
        offered_at: ctx.clock.now(),
        lost_at: null,
      }),
    );

  const windowOpened = (all: readonly Work[], at: number) =>
    ctx.store.write(async (tx) => {
      for (const w of all) await updateConversation(tx, w.conversationId, { window_opened_at: at });
    });

  const tag = (w: Work, tags: string[]) =>
    ask(ctx, s.ha, {
      name: "customer.update",
      handler: customers["customer.update"],
      input: { customerId: w.customerId, version: 1, tags },
    });

  /** Ids of what is offered once nothing more can be. */
  const offered = async (): Promise<string[]> => {
    while (await routeWaiting(ctx));
    const offers = await ctx.store.db.selectFrom("offer").select("interaction_id").execute();
    return offers.map((o) => o.interaction_id).sort();
  };
  const ids = (all: readonly Work[]): string[] => all.map((w) => w.interaction.id).sort();

  test("who stands at its end and has points, or a window about to close, is served first", async () => {
    await setRules({
      priority: {
        ...defaultQueueRules.priority,
        perMinute: 0,
        byTag: { VIP: 20 },
        byWindow: [{ withinMs: HOUR, points: 10 }],
      },
    });
    const [first] = (await line(1)) as [Work];
    const [closing, vip] = (await line()) as [Work, Work];
    await tag(vip, ["VIP"]);
    await windowOpened([closing], ctx.clock.now() - 23.5 * HOUR);
    await isThere({ call: 1, chat: 3, mail: 5 });
    expect(await offered()).toEqual(ids([first, closing, vip]));
  });

  test("windows that are closed already do not hide the one that is about to close", async () => {
    await setRules({
      priority: { ...defaultQueueRules.priority, byWindow: [{ withinMs: HOUR, points: 10 }] },
    });
    const all = await line();
    const closing = all.at(-1) as Work;
    await windowOpened(all, ctx.clock.now() - 30 * HOUR);
    await windowOpened([closing], ctx.clock.now() - 23.5 * HOUR);
    expect(await offered()).toEqual([]);
    await isThere({ call: 0, chat: 1, mail: 0 });
    expect(await offered()).toEqual(ids([closing]));
  });

  test("work of a kind that nobody has room for does not hide work that somebody has room for", async () => {
    await line();
    const mail = await line(1, "mail");
    expect(await offered()).toEqual([]);
    await isThere({ call: 0, chat: 0, mail: 1 });
    expect(await offered()).toEqual(ids(mail));
  });

  test("work that waits for one agent who is full does not hide what others may take", async () => {
    const all = await line();
    const last = all.at(-1) as Work;
    await isThere({ call: 0, chat: 0, mail: 0 });
    await ctx.store.write((tx) =>
      tx.db
        .updateTable("interaction")
        .set({ transferred_to: s.lan.userId })
        .where("id", "<>", last.interaction.id)
        .execute(),
    );
    expect(await offered()).toEqual([]);
    await setRules({});
    await ctx.store.write((tx) =>
      tx.db.insertInto("queue_member").values({ queue_id: s.care, user_id: s.minh.userId }).execute(),
    );
    await isThere({ call: 0, chat: 1, mail: 0 }, s.minh.userId);
    expect(await offered()).toEqual(ids([last]));
  });

  test("those with points, whom nobody there may take yet, do not hide who has waited for a wider ring", async () => {
    const skillId = newId();
    await ctx.store.write((tx) =>
      tx.db.insertInto("skill").values({ id: skillId, name: "Hoá đơn" }).execute(),
    );
    const [old] = (await line(1)) as [Work];
    ctx.clock.advance(HOUR);
    await line();
    await ctx.store.write((tx) =>
      tx.db.updateTable("customer").set({ tags: '["VIP"]' }).where("id", "<>", old.customerId).execute(),
    );
    await setRules({
      priority: { ...defaultQueueRules.priority, perMinute: 0, byTag: { VIP: 20 } },
      rings: [
        { afterMs: 0, needs: [{ skillId, level: 1 }], prefers: [] },
        { afterMs: HOUR, needs: [], prefers: [] },
      ],
    });
    expect(await offered()).toEqual([]);
    await isThere({ call: 0, chat: 1, mail: 0 });
    expect(await offered()).toEqual(ids([old]));
  });

  test("those whose account asks for a skill that nobody there has do not hide another account's customer", async () => {
    await line();
    const [other] = (await line(1)) as [Work];
    await ctx.store.write(async (tx) => {
      const { account_id } = await tx.db
        .selectFrom("conversation")
        .select("account_id")
        .where("id", "=", other.conversationId)
        .executeTakeFirstOrThrow();
      const account = await tx.db
        .selectFrom("channel_account")
        .selectAll()
        .where("id", "=", account_id)
        .executeTakeFirstOrThrow();
      const second = { ...account, id: newId(), external_id: "other" };
      await tx.db.insertInto("channel_account").values(second).execute();
      await updateConversation(tx, other.conversationId, { account_id: second.id });
      const needs = JSON.stringify([{ skillId: newId(), level: 1 }]);
      await tx.db.updateTable("channel_account").set({ needs }).where("id", "=", account_id).execute();
    });
    await offered();
    await isThere({ call: 0, chat: 1, mail: 0 });
    expect(await offered()).toEqual(ids([other]));
  });
});
