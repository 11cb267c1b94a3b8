import type { Ctx } from "@tongdai/gateway";

/** As if every agent had a client: a bench that opened sockets for thousands would measure those. */
export const bringEverybody = (ctx: Ctx): Promise<void> =>
  ctx.store.write(async (tx) => {
    await tx.db.updateTable("agent_state").set({ lost_at: null }).execute();
    await tx.db.deleteFrom("timer").where("kind", "=", "agent_gone").execute();
    tx.afterCommit(ctx.wake.router);
  });
