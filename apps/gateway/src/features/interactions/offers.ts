import { AppError, type Interaction, Reason } from "@tongdai/shared";
import { z } from "zod";
import type { Caller, Ctx } from "../../context.ts";
import { toInteraction } from "../../presenters/conversation.ts";
import type { Tx } from "../../store/index.ts";
import { endOffer, forgetLastAgent, offerById, openOfferOf, openOffersTo } from "../../store/interactions.ts";
import { fromJson } from "../../store/json.ts";
import { queueIdsOf } from "../../store/people.ts";
import type { InteractionRow, OfferRow } from "../../store/schema.ts";
import { cancelTimer } from "../timers/index.ts";
import { changeAgent } from "./agents.ts";
import { assertByHand } from "./by-phone.ts";
import { because, changeInteraction, getInteraction, type StepEvent } from "./change.ts";
import { holdReturned, tellHeld } from "./closed-queue.ts";

type Outcome = "accepted" | "declined" | "missed" | "withdrawn";

const DeclinedBy = z.array(z.string());
const Reasons = z.array(Reason);

/**
 * Takes the offered work. Throws `expired` when the offer has ended, `taken` when somebody else was quicker, `illegal_transition` for
 * a call, which is taken by answering it.
 */
export function acceptOffer(ctx: Ctx, caller: Caller, offerId: string): Promise<Interaction> {
  return ctx.store.write(async (tx) => {
    const offer = await ownOffer(tx, caller, offerId);
    const was = await getInteraction(tx, offer.interaction_id);
    assertByHand(ctx, was);
    await finish(tx, ctx, offer, "accepted");
    const now = await take(tx, ctx, {
      was,
      userId: caller.userId,
      reasons: fromJson(Reasons, offer.reasons),
    });
    return toInteraction(now);
  });
}

/** Somebody has taken it by another road than the offer's own, a call by their phone. Throws `taken` when it is somebody else's. */
export async function acceptIn(
  tx: Tx,
  ctx: Ctx,
  { interactionId, userId }: { interactionId: string; userId: string },
): Promise<void> {
  const was = await getInteraction(tx, interactionId);
  if (was.owner_id === userId) return;
  if (was.owner_id !== null)
    throw new AppError("taken", "somebody has it already", { ownerId: was.owner_id });
  const offer = await openOfferOf(tx, interactionId);
  const isTheirs = offer?.user_id === userId;
  if (offer) await finish(tx, ctx, offer, isTheirs ? "accepted" : "withdrawn");
  if (offer && !isTheirs) await changeAgent(tx, ctx, { userId: offer.user_id });
  const reasons = isTheirs ? fromJson(Reasons, offer.reasons) : because("claimed");
  await take(tx, ctx, { was, userId, reasons });
}

/** Gives the work back to the queue, at its age; this agent is not asked again in this round. */
export function declineOffer(ctx: Ctx, caller: Caller, offerId: string): Promise<void> {
  return ctx.store.write(async (tx) => {
    const offer = await ownOffer(tx, caller, offerId);
    await declineIn(tx, ctx, { offer, actorId: caller.userId });
  });
}

/** As `declineOffer`, of an offer that is open. @param o.actorId null: not a person's word */
export async function declineIn(
  tx: Tx,
  ctx: Ctx,
  o: { offer: OfferRow; actorId: string | null },
): Promise<void> {
  await giveBack(tx, ctx, { ...o, outcome: "declined" });
  await changeAgent(tx, ctx, { userId: o.offer.user_id });
}

/** Timer `offer`: nobody answered in time. The agent goes away(missed). */
export async function missOffer(tx: Tx, ctx: Ctx, offerId: string): Promise<void> {
  const offer = await offerById(tx, offerId);
  if (offer?.state !== "open") return;
  await giveBack(tx, ctx, { offer, outcome: "missed", actorId: null });
  await changeAgent(tx, ctx, {
    userId: offer.user_id,
    change: { state: "away", reason: "missed", since: ctx.clock.now() },
  });
  // Nor will anything else be answered that waits for this agent.
  await withdrawOffersTo(tx, ctx, offer.user_id);
}

/** Ends all open offers to an agent who can no longer answer. */
export async function withdrawOffersTo(tx: Tx, ctx: Ctx, userId: string): Promise<void> {
  for (const { id, interaction_id } of await openOffersTo(tx, userId)) {
    // Whoever was just accepting it has done so now, or hears that it is over.
    await getInteraction(tx, interaction_id);
    const offer = await offerById(tx, id);
    if (offer?.state === "open") await giveBack(tx, ctx, { offer, outcome: "withdrawn", actorId: null });
  }
}

/** A queue's work is no longer for people who left it; what a transfer gives to one of them by name still is. */
export async function releaseLeavers(
  tx: Tx,
  ctx: Ctx,
  { queueId, userIds }: { queueId: string; userIds: readonly string[] },
): Promise<void> {
  for (const userId of userIds) {
    await forgetLastAgent(tx, { queueId, userId });
    for (const offer of await openOffersTo(tx, userId)) {
      const was = await getInteraction(tx, offer.interaction_id);
      if (was.queue_id !== queueId || was.transferred_to !== null) continue;
      await giveBack(tx, ctx, { offer, outcome: "withdrawn", actorId: null });
      await changeAgent(tx, ctx, { userId });
    }
  }
}

/** Ends the open offer of an interaction that somebody takes, closes or moves by another road. */
export async function withdrawOfferOf(tx: Tx, ctx: Ctx, interactionId: string): Promise<void> {
  const offer = await openOfferOf(tx, interactionId);
  if (!offer) return;
  await finish(tx, ctx, offer, "withdrawn");
  await changeAgent(tx, ctx, { userId: offer.user_id });
}

/** Makes somebody the owner: the one place where work is taken. */
export async function take(
  tx: Tx,
  ctx: Ctx,
  o: { was: InteractionRow; userId: string; reasons: readonly Reason[]; note?: string },
): Promise<InteractionRow> {
  const at = ctx.clock.now();
  const now = await changeInteraction(tx, ctx, {
    was: o.was,
    change: {
      state: "active",
      owner_id: o.userId,
      accepted_at: at,
      declined_by: "[]",
      last_agent_id: null,
      transferred_to: null,
      wait_reason: null,
    },
    step: {
      event: "interaction.accepted",
      reasons: o.reasons,
      actorId: o.userId,
      userId: o.userId,
      ...(o.note ? { note: o.note } : {}),
    },
  });
  await changeAgent(tx, ctx, { userId: o.userId, change: { idle_since: at } });
  return now;
}

async function ownOffer(tx: Tx, caller: Caller, offerId: string): Promise<OfferRow> {
  const offer = await offerById(tx, offerId);
  if (!offer || offer.user_id !== caller.userId) throw new AppError("not_found", "no such offer");
  if (offer.state !== "open") throw new AppError("expired", `the offer was ${offer.state}`);
  return offer;
}

async function giveBack(
  tx: Tx,
  ctx: Ctx,
  o: { offer: OfferRow; outcome: Exclude<Outcome, "accepted">; actorId: string | null },
): Promise<void> {
  const was = await getInteraction(tx, o.offer.interaction_id);
  await finish(tx, ctx, o.offer, o.outcome);
  if (was.state !== "offered") return;
  const declinedBy = fromJson(DeclinedBy, was.declined_by);
  const event: StepEvent = o.outcome === "withdrawn" ? "interaction.requeued" : `interaction.${o.outcome}`;
  const back = { queueId: was.queue_id, leaver: o.offer.user_id };
  const now = await changeInteraction(tx, ctx, {
    was,
    change: {
      state: "waiting",
      // A transfer to one person falls back to the queue once that person has not taken it, and waits there if it is closed.
      transferred_to: null,
      ...(was.transferred_to === null ? {} : { held_until: await holdReturned(tx, ctx, back) }),
      last_agent_id: was.last_agent_id === o.offer.user_id ? null : was.last_agent_id,
      // Who missed it is away, and may be asked again once they say that they are back.
      declined_by: JSON.stringify(o.outcome === "declined" ? [...declinedBy, o.offer.user_id] : declinedBy),
    },
    step: { event, reasons: because(o.outcome), actorId: o.actorId, userId: o.offer.user_id },
  });
  if (now.held_until !== null) await tellHeld(tx, ctx, now);
  tx.afterCommit(ctx.wake.router);
}

async function finish(tx: Tx, ctx: Ctx, offer: OfferRow, outcome: Outcome): Promise<void> {
  if (!(await endOffer(tx, offer.id, outcome))) throw new AppError("expired", "the offer has ended");
  await cancelTimer(tx, { kind: "offer", subjectId: offer.id });
  tx.journal({
    name: "offer.ended",
    at: ctx.clock.now(),
    actorId: null,
    scopes: [`user:${offer.user_id}`],
    data: { offerId: offer.id, interactionId: offer.interaction_id, outcome },
  });
  if (outcome !== "accepted") await hideFromOutsider(tx, ctx, offer);
}

/** Who was asked from outside of the queue saw the conversation for as long as the offer stood. */
async function hideFromOutsider(tx: Tx, ctx: Ctx, offer: OfferRow): Promise<void> {
  const interaction = await getInteraction(tx, offer.interaction_id);
  if ((await queueIdsOf(tx, offer.user_id)).includes(interaction.queue_id)) return;
  tx.journal({
    name: "conversation.hidden",
    at: ctx.clock.now(),
    actorId: null,
    scopes: [`user:${offer.user_id}`],
    data: { conversationId: interaction.conversation_id },
  });
}
