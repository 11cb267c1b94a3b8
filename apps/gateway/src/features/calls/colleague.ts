import type { Call, CallCause } from "@tongdai/shared";
import { refusalOfPhone } from "@tongdai/shared";
import type { Ctx } from "../../context.ts";
import { toCall, toCallRow } from "../../presenters/call.ts";
import { insertCall, openCalls } from "../../store/calls.ts";
import type { Queryable } from "../../store/index.ts";
import { agentById } from "../../store/people.ts";
import type { Ending, IncomingCall } from "../../telephony/provider.ts";

export type BegunWithin =
  | { readonly kind: "rings"; readonly userId: string }
  | { readonly kind: "refused"; readonly why: Ending };

/** One of our people calls another, to ask while a customer waits or otherwise. No work is begun by it, and nobody else is asked. */
export function beginWithin(ctx: Ctx, { id, originId, called }: IncomingCall): Promise<BegunWithin> {
  return ctx.store.write(async (tx) => {
    const colleague = called === originId ? undefined : await agentById(tx, called);
    if (!colleague) return { kind: "refused", why: "unallocated" };
    if (await isOnThePhone(tx, called)) return { kind: "refused", why: "busy" };
    if (colleague.phone === 0) return { kind: "refused", why: "unallocated" };
    const call: Call = {
      id,
      interactionId: null,
      conversationId: null,
      accountId: null,
      direction: "internal",
      called,
      state: "ringing",
      legs: [],
      startedAt: ctx.clock.now(),
      answeredAt: null,
      endedAt: null,
      outcome: null,
      cause: null,
    };
    await insertCall(tx, { ...toCallRow(call), talk: null });
    return { kind: "rings", userId: called };
  });
}

/** Whether somebody has a leg of a call that goes on. @param o.within only of calls among ourselves */
export const isOnThePhone = async (q: Queryable, userId: string, o = { within: false }): Promise<boolean> =>
  (await openCalls(q))
    .map(toCall)
    .filter(({ direction }) => !o.within || direction === "internal")
    .some(({ legs }) => legs.some((leg) => leg.userId === userId && leg.phase !== "down"));

/** What the caller hears of a colleague who did not take it. */
export function endingOf(cause: CallCause): Ending {
  const refusal = refusalOfPhone(cause);
  if (refusal === "missed") return "no answer";
  if (refusal === "unable") return "temporary failure";
  return cause.q850 === 17 ? "busy" : "rejected";
}
