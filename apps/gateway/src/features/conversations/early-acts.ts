import { type ConversationView, conversationOfIdentity } from "../../store/conversations.ts";
import type { Tx } from "../../store/index.ts";
import { holdAddress } from "../../store/locks.ts";
import { changesOf, keepChange } from "../../store/message-changes.ts";
import type { ConversationRow } from "../../store/schema.ts";
import type { Inbound } from "./inbound-context.ts";

/*
 * Vendors deliver in any order, so what a customer does may come before the first message, which makes the conversation. The
 * newest of each kind is kept under the customer's address, beside what is kept of messages and no longer than that.
 */

/** The conversation that the act is for; null: there is none yet, and the act is kept for it. */
export async function conversationOrKept(
  tx: Tx,
  in_: Pick<Inbound<"read">, "account" | "receivedAt"> & { event: { from: string } },
  act: { kind: "act" | "delivered" | "read"; at: number },
): Promise<ConversationView | null> {
  const { account, event, receivedAt } = in_;
  const view = await heldConversation(tx, account.id, event.from);
  if (view) return view;
  await keepChange(tx, {
    account_id: account.id,
    external_id: event.from,
    kind: act.kind,
    rank: act.at,
    value: null,
    kept_at: receivedAt,
  });
  return null;
}

/** The conversation with an address, or none: whichever it is stays so until this transaction is over. */
export async function heldConversation(
  tx: Tx,
  accountId: string,
  externalId: string,
  thread = "",
): Promise<ConversationView | undefined> {
  const known = await conversationOfIdentity(tx, accountId, externalId, thread);
  if (known || !(await holdAddress(tx, accountId, externalId))) return known;
  return conversationOfIdentity(tx, accountId, externalId, thread);
}

/** What a conversation begins with. */
export async function earlyActs(
  tx: Tx,
  accountId: string,
  externalId: string,
): Promise<Pick<ConversationRow, "window_opened_at" | "delivered_until" | "read_until">> {
  const kept = await changesOf(tx, accountId, externalId);
  const at = (kind: string) => kept.find((k) => k.kind === kind)?.rank;
  return {
    window_opened_at: at("act") ?? null,
    delivered_until: at("delivered") ?? 0,
    read_until: at("read") ?? 0,
  };
}
