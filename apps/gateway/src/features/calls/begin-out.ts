import { type Call, maskText } from "@tongdai/shared";
import type { Ctx } from "../../context.ts";
import { toCallRow } from "../../presenters/call.ts";
import { accountById } from "../../store/accounts.ts";
import { insertCall } from "../../store/calls.ts";
import { conversationById, holdConversation, updateConversation } from "../../store/conversations.ts";
import { dialById, takeDial } from "../../store/dials.ts";
import type { Tx } from "../../store/index.ts";
import type { DialRow } from "../../store/schema-records.ts";
import type { Ending, IncomingCall } from "../../telephony/provider.ts";
import { audit } from "../audit/index.ts";
import { openInteraction } from "../interactions/index.ts";
import { tellCall } from "./tell.ts";

export type BegunOut =
  | {
      readonly kind: "calls";
      readonly interactionId: string;
      readonly conversationId: string;
      /** Whom, and as whom. */
      readonly number: string;
      readonly from: string;
    }
  | { readonly kind: "refused"; readonly why: Ending };

/** How long a call that was allowed may be begun. */
const GOOD_FOR_MS = 30_000;

/**
 * An agent's phone calls what `call.dial` gave for it: the work is the agent's from here on. A phone that calls anything else, what is
 * another's, or the same twice, has been tampered with: it is refused, and the audit says so.
 */
export function beginOut(ctx: Ctx, incoming: IncomingCall): Promise<BegunOut> {
  return ctx.store.write(async (tx) => {
    const dial = await allowed(tx, ctx, incoming);
    if (!dial) {
      const { originId, called } = incoming;
      await audit(tx, ctx, { by: null, action: "call.barred", target: originId, detail: { called } });
      return { kind: "refused", why: "barred" };
    }
    await holdConversation(tx, dial.conversation_id);
    const view = await conversationById(tx, dial.conversation_id);
    const account = await accountById(tx, dial.account_id);
    const isOthers = view?.i_id != null && view.i_id !== dial.interaction_id;
    if (!view || !account || isOthers) return { kind: "refused", why: "temporary failure" };
    const at = ctx.clock.now();
    await updateConversation(tx, view.id, { last_message_at: Math.max(at, view.last_message_at) });
    if (!view.i_id)
      await openInteraction(tx, ctx, {
        id: dial.interaction_id,
        view: { ...view, queue_id: dial.queue_id },
        waitingSince: at,
        reason: "started_by_agent",
        ownerId: dial.user_id,
      });
    const call = newCall(dial, { id: incoming.id, at });
    await insertCall(tx, { ...toCallRow(call), talk: null });
    await tellCall(tx, ctx, call);
    const { interaction_id: interactionId, conversation_id: conversationId } = dial;
    return { kind: "calls", interactionId, conversationId, number: dial.number, from: account.external_id };
  });
}

async function allowed(tx: Tx, ctx: Ctx, call: IncomingCall): Promise<DialRow | undefined> {
  const id = /^out-([0-9a-f-]{36})$/.exec(call.called)?.[1];
  const dial = id === undefined ? undefined : await dialById(tx, id);
  if (!dial || dial.user_id !== call.originId || ctx.clock.now() - dial.at >= GOOD_FOR_MS) return undefined;
  return (await takeDial(tx, { id: dial.id, callId: call.id })) ? dial : undefined;
}

const newCall = (dial: DialRow, { id, at }: { id: string; at: number }): Call => ({
  id,
  interactionId: dial.interaction_id,
  conversationId: dial.conversation_id,
  accountId: dial.account_id,
  direction: "out",
  called: maskText(dial.number),
  state: "waiting",
  legs: [],
  startedAt: at,
  answeredAt: null,
  endedAt: null,
  outcome: null,
  cause: null,
});
