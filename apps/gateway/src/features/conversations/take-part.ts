import { AppError } from "@tongdai/shared";
import type { Caller, Ctx } from "../../context.ts";
import { accountById } from "../../store/accounts.ts";
import { type ConversationView, conversationById } from "../../store/conversations.ts";
import type { Tx } from "../../store/index.ts";
import { interactionById } from "../../store/interactions.ts";
import { may } from "../access.ts";
import { isSilent } from "../company/index.ts";
import { claimIn, isPaused, openInteraction, resumeIn } from "../interactions/index.ts";

/**
 * Who answers has the work: waiting work is claimed, a conversation without work gets an interaction, one's own goes on.
 * Throws `taken` when somebody else has it and the caller may not assign work.
 */
export async function takePart(
  tx: Tx,
  ctx: Ctx,
  caller: Caller,
  view: ConversationView,
): Promise<ConversationView> {
  if (view.i_id === null) {
    await openInteraction(tx, ctx, {
      view,
      waitingSince: ctx.clock.now(),
      reason: "started_by_agent",
      ownerId: caller.userId,
    });
  } else if (view.i_owner_id === null) {
    const was = await interactionById(tx, view.i_id);
    if (was) await claimIn(tx, ctx, { was, userId: caller.userId });
  } else if (view.i_owner_id !== caller.userId) {
    assertNotTaken(caller, view);
    if (await isSilent(tx, { conversationId: view.id, userId: caller.userId }))
      throw new AppError("illegal_transition", "who is there silently writes nothing");
    return view;
  } else if (isPaused(view.i_state)) {
    await resumeIn(tx, ctx, { interactionId: view.i_id, reason: "started_by_agent" });
  } else return view;
  const now = await conversationById(tx, view.id);
  if (!now) throw new Error(`conversation ${view.id} vanished`);
  return now;
}

/** Nobody does anything towards a customer whom somebody else has in hand, except who may assign work. Throws `taken`. */
export function assertNotTaken(caller: Caller, view: ConversationView): void {
  if (view.i_owner_id === null || view.i_owner_id === caller.userId) return;
  if (may(caller, "interactions.assign")) return;
  throw new AppError("taken", "somebody else has this conversation in hand", { ownerId: view.i_owner_id });
}

/** Nothing new is owed to an account that somebody has switched off: it would wait for nobody knows what. Throws `channel_paused`. */
export async function assertSwitchedOn(tx: Tx, view: Pick<ConversationView, "account_id">): Promise<void> {
  const account = await accountById(tx, view.account_id);
  if (account?.enabled === 0) throw new AppError("channel_paused", "the channel is switched off");
}
