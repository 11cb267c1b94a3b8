import type { Ctx } from "../../context.ts";
import { type ConversationView, conversationById, updateConversation } from "../../store/conversations.ts";
import type { Tx } from "../../store/index.ts";
import type { MessageRow } from "../../store/schema.ts";
import { openInteraction } from "../interactions/index.ts";
import { letterOf } from "./letter-row.ts";
import { shownNow } from "./preview.ts";

/** Ours, and somebody must decide: it failed, or nobody knows whether it arrived. */
export const isUnsent = ({ kind, direction, state }: MessageRow): boolean =>
  kind === "message" && direction === "out" && (state === "failed" || state === "unknown");

/** How many of a letter's addressees are known not to have it. */
const refusals = (row: MessageRow): number => letterOf(row)?.refused.length ?? 0;

/**
 * Has the lists follow a message that was changed: what stands last, and how much did not arrive. What an agent wrote and what
 * comes back, be it from one of several people, when the talk is long over is work again, first for that agent: nobody else
 * would look there.
 * @returns the conversation as it now is; `null`: nothing of it changed
 */
export async function followChange(
  tx: Tx,
  ctx: Ctx,
  { was, now, view }: { was: MessageRow; now: MessageRow; view: ConversationView },
): Promise<ConversationView | null> {
  const by = Number(isUnsent(now)) - Number(isUnsent(was));
  const isTakenOut = now.state === "removed" && was.state !== "removed";
  const change = {
    ...(by !== 0 && { unsent: view.unsent + by }),
    ...(isTakenOut && (await shownNow(tx, view))),
  };
  const isChanged = Object.keys(change).length > 0;
  if (isChanged) await updateConversation(tx, view.id, change);
  const isBack = by > 0 || (now.direction === "out" && refusals(now) > refusals(was));
  const isForgotten = view.i_id === null && now.author_kind === "agent" && view.opted_out_at === null;
  if (isBack && isForgotten)
    await openInteraction(tx, ctx, { view, waitingSince: ctx.clock.now(), reason: "answer_failed" });
  else if (!isChanged) return null;
  return (await conversationById(tx, view.id)) ?? null;
}
