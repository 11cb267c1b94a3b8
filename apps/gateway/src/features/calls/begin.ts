import { type Call, ChannelId, readPhoneNumber } from "@tongdai/shared";
import type { Ctx } from "../../context.ts";
import { toCallRow } from "../../presenters/call.ts";
import { insertCall } from "../../store/calls.ts";
import {
  type ConversationView,
  conversationOfIdentity,
  updateConversation,
} from "../../store/conversations.ts";
import { accountByExternalId, heardFrom } from "../../store/inbound.ts";
import type { Queryable, Tx } from "../../store/index.ts";
import type { ChannelAccountRow } from "../../store/schema.ts";
import type { Ending, IncomingCall } from "../../telephony/provider.ts";
import { findOrCreateConversation, noteAddress } from "../conversations/index.ts";
import { openInteraction } from "../interactions/index.ts";
import { oweCall } from "./owe-call.ts";
import { tellCall } from "./tell.ts";

export type Begun =
  | { readonly kind: "waits"; readonly interactionId: string; readonly conversationId: string }
  /** Nobody will take it. */
  | { readonly kind: "refused"; readonly why: Ending };

/**
 * A call to a number of ours: its customer, its interaction in the number's queue, and the call itself. While the queue is closed
 * the caller does not wait for the opening: a ticket is left, and the call ends.
 */
export function beginCall(ctx: Ctx, incoming: IncomingCall): Promise<Begun> {
  return ctx.store.write(async (tx) => {
    const account = await accountOf(tx, ctx, incoming.called);
    if (!account) return { kind: "refused", why: "unallocated" };
    const at = ctx.clock.now();
    await heardFrom(tx, account.id, at);
    const view = await conversationOf(tx, ctx, { account, incoming, at });
    await updateConversation(tx, view.id, { last_message_at: Math.max(at, view.last_message_at) });
    const interaction = await openInteraction(tx, ctx, {
      view,
      waitingSince: at,
      reason: "customer_called",
    });
    const call: Call = {
      id: incoming.id,
      interactionId: interaction.id,
      conversationId: view.id,
      accountId: account.id,
      direction: "in",
      called: incoming.called,
      state: "waiting",
      legs: [],
      startedAt: at,
      answeredAt: null,
      endedAt: null,
      outcome: null,
      cause: null,
    };
    await insertCall(tx, { ...toCallRow(call), talk: null });
    await tellCall(tx, ctx, call);
    if (interaction.held_until === null)
      return { kind: "waits", interactionId: interaction.id, conversationId: view.id };
    await oweCall(tx, ctx, { was: interaction, reason: "out_of_hours" });
    return { kind: "refused", why: "no answer" };
  });
}

/** Undefined: it is no number of ours, or is switched off. */
export async function accountOf(
  q: Queryable,
  ctx: Ctx,
  called: string,
): Promise<ChannelAccountRow | undefined> {
  const channel = ctx.channels.all.find((c) => c.capabilities.calls);
  if (!channel) return undefined;
  const account =
    (await accountByExternalId(q, channel.id, called)) ??
    (await accountByExternalId(q, channel.id, readPhoneNumber(called)?.e164 ?? called));
  return account?.enabled === 1 ? account : undefined;
}

/**
 * The conversation of this caller with this number. Several people may call by one number at once, a company's: whoever comes while
 * the conversation has open work has one for this call.
 */
async function conversationOf(
  tx: Tx,
  ctx: Ctx,
  o: { account: ChannelAccountRow; incoming: IncomingCall; at: number },
): Promise<ConversationView> {
  const { account, incoming, at } = o;
  const { number, name } = incoming;
  const externalId = addressOf(incoming);
  const usual = await conversationOfIdentity(tx, account.id, externalId);
  const view = await findOrCreateConversation(tx, ctx, {
    account,
    externalId,
    at,
    name: name ?? number ?? `#${incoming.id.slice(-4)}`,
    ...(usual?.i_id ? { thread: { id: incoming.id, subject: "" } } : {}),
  });
  if (number !== null && ctx.channels.get(ChannelId.parse(account.channel)).capabilities.address === "phone")
    await noteAddress(tx, ctx, { view, address: number, at });
  return view;
}

/** Who hides his number is somebody else each time. */
function addressOf({ id, origin, originId, number }: IncomingCall): string {
  if (number !== null) return readPhoneNumber(number)?.e164 ?? number;
  return origin === "visitor" ? `web:${originId}` : `anonymous:${id}`;
}
