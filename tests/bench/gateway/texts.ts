import type { Ctx } from "@tongdai/gateway";
import { sendMessage } from "../../../apps/gateway/src/features/conversations/send-message.ts";
import { callerOf } from "../parts/callers.ts";

/** Somebody answers every conversation `times` times: with the numbers from 1 in this order. Returns how many there are. */
export async function answerAll(ctx: Ctx, times: number): Promise<number> {
  const { db } = ctx.store;
  const conversations = await db.selectFrom("conversation").select("id").orderBy("id").execute();
  const { id: userId } = await db.selectFrom("user").select("id").executeTakeFirstOrThrow();
  const caller = callerOf(userId, "supervisor", []);
  for (let n = 1; n <= times; n++)
    await Promise.all(
      conversations.map(({ id: conversationId }) => {
        const input = { clientId: crypto.randomUUID(), conversationId, text: String(n) };
        return sendMessage(ctx, caller, { ...input, mediaIds: [], replyToId: null });
      }),
    );
  return conversations.length;
}

/** How many messages have not left yet. */
export async function owed(ctx: Ctx): Promise<number> {
  const row = await ctx.store.db
    .selectFrom("outbox")
    .select((e) => e.fn.countAll<number>().as("n"))
    .where("kind", "=", "message")
    .executeTakeFirstOrThrow();
  return Number(row.n);
}
