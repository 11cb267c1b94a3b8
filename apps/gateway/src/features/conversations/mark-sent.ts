import { advance, MessageState } from "@tongdai/shared";
import type { Ctx } from "../../context.ts";
import { type ConversationView, conversationById, updateConversation } from "../../store/conversations.ts";
import type { Tx } from "../../store/index.ts";
import { messageByExternalId } from "../../store/messages.ts";
import { removeOutbox } from "../../store/outbox.ts";
import type { MessageRow } from "../../store/schema.ts";
import { changeMessage, journalConversation } from "./journal-message.ts";
import { keepAlias } from "./match-echo.ts";
import { applyChanges } from "./message-changes.ts";
import { foldedText } from "./message-row.ts";
import { keepParts } from "./outgoing-parts.ts";
import { showAdded } from "./preview.ts";

/**
 * The vendor has our message: by its answer or by its echo, whichever comes first. Receipts that were quicker than both
 * are applied now. The debt is paid, so nothing sends it again. One that was discarded stands again: the customer has it.
 */
export async function markSent(
  tx: Tx,
  ctx: Ctx,
  o: { was: MessageRow; externalId: string; vendorAt: number | null; partIds?: readonly string[] },
): Promise<void> {
  const { was, externalId, vendorAt } = o;
  const view = await conversationById(tx, was.conversation_id);
  const isDiscarded = was.state === "removed";
  const sent = isDiscarded ? "sent" : advance(MessageState.parse(was.state), "sent");
  const state = view && vendorAt !== null ? advance(sent, heardOf(view, vendorAt)) : sent;
  const taken = was.external_id === null && (await messageByExternalId(tx, was.account_id, externalId));
  await removeOutbox(tx, was.id);
  const now = await changeMessage(tx, ctx, {
    was,
    change: {
      state,
      ...(isDiscarded ? { folded: foldedText(was.text) } : {}),
      error: null,
      vendor_at: vendorAt,
      // An echo that lost our id on the way has been stored as somebody else's; the vendor's id stays with that row.
      external_id: was.external_id ?? (taken ? null : externalId),
    },
  });
  if (was.external_id !== null && was.external_id !== externalId)
    await keepAlias(tx, { of: was, externalId, at: ctx.clock.now() });
  if (o.partIds) await keepParts(tx, { of: was, partIds: o.partIds, at: ctx.clock.now() });
  if (was.external_id !== externalId && !taken)
    await applyChanges(tx, ctx, { accountId: was.account_id, externalId });
  if (isDiscarded && view) await showAgain(tx, ctx, { view, row: now });
}

async function showAgain(
  tx: Tx,
  ctx: Ctx,
  { view, row }: { view: ConversationView; row: MessageRow },
): Promise<void> {
  const shown = await showAdded(tx, view, row);
  const unanswered_since = view.unanswered_since && shown.unanswered_since;
  await updateConversation(tx, view.id, { ...shown, unanswered_since });
  await journalConversation(tx, ctx, view.id);
}

/** How far a message that the vendor had at this time of its clock has come, by the receipts that came before it. */
export function heardOf(
  view: Pick<ConversationView, "delivered_until" | "read_until">,
  vendorAt: number,
): "sent" | "delivered" | "read" {
  if (vendorAt <= view.read_until) return "read";
  return vendorAt <= view.delivered_until ? "delivered" : "sent";
}
