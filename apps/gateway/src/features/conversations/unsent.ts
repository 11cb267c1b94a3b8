import type { Ctx } from "../../context.ts";
import { type ConversationView, conversationById, updateConversation } from "../../store/conversations.ts";
import type { Tx } from "../../store/index.ts";
import type { MessageRow } from "../../store/schema.ts";
import { openInteraction } from "../interactions/index.ts";

/** Ours, and somebody must decide: it failed, or nobody knows whether it arrived. */
export const isUnsent = ({ kind, direction, state }: MessageRow): boolean =>
  kind === "message" && direction === "out" && (state === "failed" || state === "unknown");

/**
 * Counts what did not arrive for the lists. What an agent wrote and what comes back when the talk is long over is work again,
 * first for that agent: nobody else would look there.
 * @returns the conversation as it now is; `null`: nothing of it changed
 */
export async function countUnsent(
  tx: Tx,
  ctx: Ctx,
  { was, now, view }: { was: MessageRow; now: MessageRow; view: ConversationView },
): Promise<ConversationView | null> {
  const by = Number(isUnsent(now)) - Number(isUnsent(was));
  if (by === 0) return null;
  await updateConversation(tx, view.id, { unsent: view.unsent + by });
  const isForgotten = view.i_id === null && now.author_kind === "agent" && view.opted_out_at === null;
  if (by > 0 && isForgotten)
    await openInteraction(tx, ctx, { view, waitingSince: ctx.clock.now(), reason: "answer_failed" });
  return (await conversationById(tx, view.id)) ?? null;
}
