import { defaultQueueRules } from "@tongdai/shared";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { facebook } from "../../channels/facebook/index.ts";
import { updateConversation } from "../../store/conversations.ts";
import { insertAgentState } from "../../store/people.ts";
import { ask, type Scene, scene, type Work, work } from "../../testing/scene.ts";
import { type TestCtx, testCtx } from "../../testing/test-ctx.ts";
import { handlers as customers } from "../customers/index.ts";
import { saveQueue } from "../queues/index.ts";
import { routeWaiting } from "./route-waiting.ts";

/** More than a pass looks at. */
const LENGTH = 410;
const HOUR = 3_600_000;

describe.each(["sqlite", "postgres"] as const)("a line longer than a pass looks at, on %s", (engine) => {
  let ctx: TestCtx;
  let s: Scene;
  beforeEach(async () => {
    ctx = await testCtx({ engine, channels: [facebook] });
    s = await scene(ctx);
  });
  afterEach(() => ctx.close());

  const priority = {
    ...defaultQueueRules.priority,
    perMinute: 0,
    byTag: { VIP: 20 },
    byWindow: [{ withinMs: HOUR, points: 10 }],
  };
  const line = async (): Promise<Work[]> => {
    const all: Work[] = [];
    for (let i = 0; i < LENGTH; i++) {
      all.push(await work(ctx, s, { queueId: s.care }));
      ctx.clock.advance(1);
    }
    return all;
  };

  test("who stands at its end and has points, or a window about to close, is served first", async () => {
    await saveQueue(ctx, null, {
      id: s.care,
      name: "Chăm sóc",
      memberIds: [s.lan.userId],
      offerSeconds: 30,
      wrapUpSeconds: 60,
      dispositions: [{ name: "Xong", resolved: true }],
      rules: { ...defaultQueueRules, priority },
    });
    const all = await line();
    const [first, closing, vip] = [all[0], all.at(-2), all.at(-1)] as [Work, Work, Work];
    await ask(ctx, s.ha, {
      name: "customer.update",
      handler: customers["customer.update"],
      input: { customerId: vip.customerId, version: 1, tags: ["VIP"] },
    });
    const now = ctx.clock.now();
    await ctx.store.write(async (tx) => {
      await updateConversation(tx, closing.conversationId, { window_opened_at: now - 23.5 * HOUR });
      await insertAgentState(tx, {
        user_id: s.lan.userId,
        state: "available",
        reason: null,
        since: now,
        limit_call: 1,
        limit_chat: 3,
        limit_mail: 5,
        idle_since: now,
        offered_at: now,
        lost_at: null,
      });
    });
    while (await routeWaiting(ctx));
    const offers = await ctx.store.db.selectFrom("offer").select("interaction_id").execute();
    expect(offers.map((o) => o.interaction_id).sort()).toEqual(
      [first, closing, vip].map((w) => w.interaction.id).sort(),
    );
  });
});
