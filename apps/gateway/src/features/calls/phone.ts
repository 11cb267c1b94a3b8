import type { CommandOutput } from "@tongdai/shared";
import type { Caller, Ctx } from "../../context.ts";
import { openOfferOf } from "../../store/interactions.ts";
import { allAgents } from "../../store/people.ts";
import { sessionById } from "../../store/sessions.ts";
import { changeAgent, declineIn, getInteraction } from "../interactions/index.ts";
import { isOnThePhone } from "./colleague.ts";

/** What the caller's softphone logs in with, for as long as this log-in lasts at most. */
export async function registerPhone(ctx: Ctx, caller: Caller): Promise<CommandOutput<"phone.register">> {
  const session = ctx.telephony && (await sessionById(ctx.store, caller.sessionId));
  if (!ctx.telephony || !session) return { phone: null };
  const { userId, sessionId } = caller;
  return { phone: ctx.telephony.access({ userId, sessionId, until: session.expires_at }) };
}

/**
 * Whether customers' calls can ring at somebody whose phone is here, which is not while they talk with a colleague: everybody is
 * told, and routing goes by it.
 */
export const setReachable = (ctx: Ctx, userId: string, isHere: boolean): Promise<void> =>
  ctx.store.write(async (tx) => {
    const on = isHere && !(await isOnThePhone(tx, userId, { within: true }));
    await changeAgent(tx, ctx, { userId, change: { phone: on ? 1 : 0 } });
  });

/** Somebody was offered a call whose phone is gone: others are asked. */
export const cannotRing = (ctx: Ctx, o: { interactionId: string; userId: string }): Promise<void> =>
  ctx.store.write(async (tx) => {
    await getInteraction(tx, o.interactionId);
    const offer = await openOfferOf(tx, o.interactionId);
    if (offer?.user_id === o.userId) await declineIn(tx, ctx, { offer, actorId: null });
    await changeAgent(tx, ctx, { userId: o.userId, change: { phone: 0 } });
  });

/** Of a start: what was registered before must register again. */
export async function forgetPhones(ctx: Ctx): Promise<void> {
  for (const row of await allAgents(ctx.store))
    if (row.phone === 1) await setReachable(ctx, row.user_id, false);
}
