import { expect, onTestFinished, test } from "vitest";
import type { Store } from "../../store/index.ts";
import { swapSetting } from "../../store/settings.ts";
import { ask, scene } from "../../testing/scene.ts";
import { testCtx } from "../../testing/test-ctx.ts";
import { followForWebhooks } from "./follow.ts";
import { handlers } from "./handlers.ts";

test.each(["sqlite", "postgres"] as const)(
  "what another gateway has not come to yet is owed by this one, though the other was quicker with what came before it, on %s",
  async (engine) => {
    const ctx = await testCtx({ engine });
    onTestFinished(() => ctx.close());
    const s = await scene(ctx);
    const { webhook } = await ask(ctx, s.admin, {
      name: "webhook.save",
      handler: handlers["webhook.save"],
      input: { name: "Cửa hàng", url: "https://shop.example/hook", events: ["agent.changed"] },
    });
    const happens = (at: number) =>
      ctx.store.write(async (tx) =>
        tx.journal({
          name: "agent.changed",
          at,
          actorId: null,
          scopes: ["org"],
          data: { agent: agentOf(s.lan.userId, at) },
        }),
      );
    await happens(1);
    const first = await ctx.store.head();
    await happens(2);
    let isQuicker = true;
    const store = Object.create(ctx.store, {
      write: {
        value: async (...given: Parameters<Store["write"]>) => {
          // The other one has seen the first event only.
          if (isQuicker)
            await ctx.store.write((tx) =>
              swapSetting(tx, "webhook.position", { was: undefined, now: String(first) }),
            );
          isQuicker = false;
          return await ctx.store.write(...given);
        },
      },
    }) as Store;
    const follower = followForWebhooks(() => ({ ...ctx, store }));
    onTestFinished(() => follower.close());
    follower.start();
    await follower.idle();
    await happens(3);
    follower.wake();
    await follower.idle();
    const owed = await ctx.store.db
      .selectFrom("webhook_delivery")
      .select("seq")
      .where("webhook_id", "=", webhook.id)
      .orderBy("seq")
      .execute();
    expect(owed.map((d) => d.seq)).toEqual([first + 1, first + 2]);
  },
);

const agentOf = (userId: string, since: number) => ({
  userId,
  state: "available" as const,
  reason: null,
  since,
  overAt: null,
  carries: { call: 0, chat: 0, mail: 0 },
  limits: { call: 1, chat: 2, mail: 5 },
});
