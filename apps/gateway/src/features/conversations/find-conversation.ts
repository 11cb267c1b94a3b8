import { ChannelId } from "@tongdai/shared";
import type { Ctx } from "../../context.ts";
import { newId } from "../../ids.ts";
import {
  type ConversationView,
  conversationOfIdentity,
  insertConversation,
} from "../../store/conversations.ts";
import type { Tx } from "../../store/index.ts";
import type { ChannelAccountRow } from "../../store/schema.ts";
import { findOrCreateByIdentity } from "../customers/index.ts";
import { owe } from "./outbox.ts";

/** The one conversation between an identity and an account; made, with its customer, on first contact. */
export async function findOrCreateConversation(
  tx: Tx,
  ctx: Ctx,
  o: { account: ChannelAccountRow; externalId: string; at: number },
): Promise<ConversationView> {
  const known = await conversationOfIdentity(tx, o.account.id, o.externalId);
  if (known) return known;
  const identity = await findOrCreateByIdentity(tx, {
    accountId: o.account.id,
    channel: ChannelId.parse(o.account.channel),
    externalId: o.externalId,
    displayName: placeholderName(o.externalId),
    at: o.at,
  });
  await insertConversation(tx, {
    id: newId(),
    channel: o.account.channel,
    account_id: o.account.id,
    identity_id: identity.identityId,
    customer_id: identity.customerId,
    queue_id: o.account.queue_id,
    unread: 0,
    preview_text: "",
    preview_direction: "none",
    preview_attachment: null,
    last_message_at: o.at,
    last_inbound_at: null,
    window_opened_at: null,
    unanswered_since: null,
    delivered_until: 0,
    read_until: 0,
    interaction_id: null,
    interaction_state: null,
    waiting_since: null,
    owner_id: null,
  });
  if (identity.created)
    await owe(tx, ctx, {
      kind: "fetch_profile",
      accountId: o.account.id,
      lane: null,
      payload: { identityId: identity.identityId, externalId: o.externalId },
    });
  const made = await conversationOfIdentity(tx, o.account.id, o.externalId);
  if (!made) throw new Error("a conversation vanished while it was being made");
  return made;
}

/** Until the vendor tells the name: enough to tell two strangers apart. */
const placeholderName = (externalId: string): string => `#${externalId.slice(-6)}`;
