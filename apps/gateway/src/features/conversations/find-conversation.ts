import { ChannelId } from "@tongdai/shared";
import type { Ctx } from "../../context.ts";
import { newId } from "../../ids.ts";
import {
  type ConversationView,
  conversationOfIdentity,
  insertConversation,
} from "../../store/conversations.ts";
import { identityById } from "../../store/customers.ts";
import type { Tx } from "../../store/index.ts";
import { outboxById } from "../../store/outbox.ts";
import type { ChannelAccountRow } from "../../store/schema.ts";
import { type FoundIdentity, findOrCreateByIdentity } from "../customers/index.ts";
import { earlyActs, heldConversation } from "./early-acts.ts";
import { owe } from "./outbox.ts";
import { answerUntilOf } from "./window.ts";

/**
 * The one conversation between an identity and an account, or the thread of theirs; made, with its customer, on first contact.
 * @param o.name how the customer calls itself; absent: the vendor is asked
 */
export async function findOrCreateConversation(
  tx: Tx,
  ctx: Ctx,
  o: {
    account: ChannelAccountRow;
    externalId: string;
    at: number;
    name?: string | undefined;
    thread?: { readonly id: string; readonly subject: string };
  },
): Promise<ConversationView> {
  const thread = o.thread?.id ?? "";
  const known = await heldConversation(tx, o.account.id, o.externalId, thread);
  if (known && (o.name !== undefined || o.thread)) return known;
  if (known) {
    if (known.customer_name === placeholderName(o.externalId)) await askAgain(tx, ctx, known);
    return known;
  }
  const identity = await findOrCreateByIdentity(tx, {
    accountId: o.account.id,
    channel: ChannelId.parse(o.account.channel),
    externalId: o.externalId,
    displayName: o.name || (o.thread ? o.externalId : placeholderName(o.externalId)),
    at: o.at,
    queueId: o.account.queue_id,
  });
  const made = {
    ...newConversation(o.account, identity, o.at),
    ...(await earlyActs(tx, o.account.id, o.externalId)),
  };
  const refused = { window_refused_at: null, human_window_refused_at: null };
  await insertConversation(tx, {
    ...made,
    ...answerUntilOf(ctx, { ...made, ...refused }),
    thread,
    subject: o.thread?.subject ?? "",
  });
  if (identity.created && o.name === undefined && !o.thread)
    await oweProfile(tx, ctx, {
      accountId: o.account.id,
      identityId: identity.identityId,
      externalId: o.externalId,
    });
  const view = await conversationOfIdentity(tx, o.account.id, o.externalId, thread);
  if (!view) throw new Error("a conversation vanished while it was being made");
  return view;
}

/** A conversation in which nothing has been said. */
export const newConversation = (
  account: Pick<ChannelAccountRow, "id" | "channel" | "queue_id">,
  identity: Pick<FoundIdentity, "identityId" | "customerId">,
  at: number,
) => ({
  id: newId(),
  channel: account.channel,
  account_id: account.id,
  identity_id: identity.identityId,
  customer_id: identity.customerId,
  queue_id: account.queue_id,
  unread: 0,
  preview_text: "",
  preview_direction: "none",
  preview_attachment: null,
  last_message_at: at,
  last_inbound_at: null,
  window_opened_at: null,
  unanswered_since: null,
  delivered_until: 0,
  read_until: 0,
  interaction_id: null,
  interaction_state: null,
  parked_until: null,
  waiting_since: null,
  owner_id: null,
});

/** A vendor that does not tell a name is asked no more often. */
const ASK_EVERY_MS = 24 * 60 * 60_000;

/** Somebody without a name: asked again unless that is owed already, or the vendor has just answered that it does not tell. */
async function askAgain(tx: Tx, ctx: Ctx, view: ConversationView): Promise<void> {
  const identity = await identityById(tx, view.identity_id);
  const asked = identity?.profile_at ?? null;
  if (asked !== null && ctx.clock.now() - asked < ASK_EVERY_MS) return;
  if (await outboxById(tx, view.identity_id)) return;
  await oweProfile(tx, ctx, {
    accountId: view.account_id,
    identityId: view.identity_id,
    externalId: view.identity_external_id,
  });
}

/** The debt has the identity's id, so nobody is asked about twice at once. */
export const oweProfile = (
  tx: Tx,
  ctx: Ctx,
  { accountId, ...payload }: { accountId: string; identityId: string; externalId: string },
): Promise<void> =>
  owe(tx, ctx, { kind: "fetch_profile", id: payload.identityId, accountId, lane: null, payload });

/** Until the vendor tells the name: enough to tell two strangers apart. */
export const placeholderName = (externalId: string): string => `#${externalId.slice(-6)}`;
