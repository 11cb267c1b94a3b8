import { AppError } from "@tongdai/shared";
import type { Caller, Ctx } from "../../context.ts";
import { type ConversationView, conversationOfIdentity } from "../../store/conversations.ts";
import { setOptedOut } from "../../store/customers.ts";
import type { Tx } from "../../store/index.ts";
import { insertMessage } from "../../store/messages.ts";
import { audit } from "../audit/index.ts";
import { journalConversation, journalCreated } from "./journal-message.ts";
import { messageRow } from "./message-row.ts";

export type OptOut = "stop" | "start";

/** Nothing is sent to who wants nothing more. Throws `opted_out`. */
export function assertNotOptedOut({ opted_out_at: since }: ConversationView): void {
  if (since !== null) throw new AppError("opted_out", "the customer wants no more messages here", { since });
}

interface Wish {
  readonly view: ConversationView;
  readonly word: OptOut;
  readonly at: number;
  /** Who wrote down a wish that did not come by the channel, and how they know; absent: the customer wrote it. */
  readonly told?: { readonly by: Caller; readonly reason: string };
}

/**
 * Obeys a customer's word to write no more, or again: at every account of the channel, with a line in the conversation and a
 * row in the audit. Saying it twice changes nothing.
 * @returns the conversation as it now is
 */
export async function obeyOptOut(
  tx: Tx,
  ctx: Ctx,
  { view, word, at, told }: Wish,
): Promise<ConversationView> {
  const since = word === "stop" ? at : null;
  const { channel, identity_external_id: externalId, customer_id: target } = view;
  const changed = await setOptedOut(tx, { channel, externalId, at: since });
  if (changed.length === 0) return view;
  const now = { ...view, opted_out_at: since };
  const name = word === "stop" ? "opted_out" : "opted_in";
  const row = messageRow(now, {
    kind: "event",
    direction: "none",
    author_kind: told ? "agent" : "system",
    author_id: told?.by.userId ?? null,
    state: "received",
    event: JSON.stringify({ name, data: {} }),
    at,
    created_at: ctx.clock.now(),
  });
  await insertMessage(tx, row);
  journalCreated(tx, ctx, { row, view: now });
  const detail = { channel, ...(told ? { reason: told.reason } : { word }) };
  await audit(tx, ctx, { by: told?.by ?? null, action: `customer.${name}`, target, detail });
  for (const accountId of changed) {
    const other = await conversationOfIdentity(tx, accountId, externalId);
    if (other && other.id !== view.id) await journalConversation(tx, ctx, other.id);
  }
  return now;
}
