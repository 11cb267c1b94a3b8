import { AppError, type Interaction } from "@tongdai/shared";
import type { Caller, Ctx } from "../../context.ts";
import { toInteraction } from "../../presenters/conversation.ts";
import { conversationById, holdConversation } from "../../store/conversations.ts";
import type { Tx } from "../../store/index.ts";
import { interactionById } from "../../store/interactions.ts";
import type { InteractionRow } from "../../store/schema.ts";
import { seeConversation } from "../access.ts";
import { assertByHand, rings } from "./by-phone.ts";
import { because, getInteraction } from "./change.ts";
import { take, withdrawOfferOf } from "./offers.ts";
import { openInteraction } from "./open.ts";
import { pickCall } from "./pick-call.ts";

/** Takes waiting work oneself. Throws `taken` when it has an owner already. */
export function claim(ctx: Ctx, caller: Caller, interactionId: string): Promise<Interaction> {
  return ctx.store.write(async (tx) => {
    const was = await getInteraction(tx, interactionId);
    seeConversation(caller, await conversationById(tx, was.conversation_id));
    return toInteraction(await claimIn(tx, ctx, { was, userId: caller.userId }));
  });
}

export async function claimIn(
  tx: Tx,
  ctx: Ctx,
  o: { was: InteractionRow; userId: string },
): Promise<InteractionRow> {
  if (o.was.state === "closed") throw new AppError("illegal_transition", "the interaction is closed");
  if (o.was.owner_id === o.userId) return o.was;
  if (o.was.owner_id) throw new AppError("taken", "somebody has it already", { ownerId: o.was.owner_id });
  if (rings(ctx, o.was.channel)) return pickCall(tx, ctx, o);
  await withdrawOfferOf(tx, ctx, o.was.id);
  return await take(tx, ctx, { was: o.was, userId: o.userId, reasons: because("claimed") });
}

/**
 * Opens an interaction that the agent owns from the start: writing first, or again. What the agent has open already is given
 * as it is: the answer to the same command may have been lost.
 */
export function start(ctx: Ctx, caller: Caller, conversationId: string): Promise<Interaction> {
  return ctx.store.write(async (tx) => {
    await holdConversation(tx, conversationId);
    const view = seeConversation(caller, await conversationById(tx, conversationId));
    const own = view.i_id && view.i_owner_id === caller.userId && (await interactionById(tx, view.i_id));
    if (own) return toInteraction(own);
    assertByHand(ctx, { channel: view.channel, state: "closed" });
    const row = await openInteraction(tx, ctx, {
      view,
      waitingSince: ctx.clock.now(),
      reason: "started_by_agent",
      ownerId: caller.userId,
    });
    return toInteraction(row);
  });
}
