import { advance, MessageState } from "@tongdai/shared";
import type { Ctx } from "../../context.ts";
import { conversationById } from "../../store/conversations.ts";
import type { Tx } from "../../store/index.ts";
import { messageByExternalId } from "../../store/messages.ts";
import { removeOutbox } from "../../store/outbox.ts";
import type { MessageRow } from "../../store/schema.ts";
import { changeMessage } from "./journal-message.ts";

/**
 * The vendor has our message: by its answer or by its echo, whichever comes first. Receipts that were quicker than both
 * are applied now. The debt is paid, so nothing sends it again.
 */
export async function markSent(
  tx: Tx,
  ctx: Ctx,
  o: { was: MessageRow; externalId: string; vendorAt: number | null },
): Promise<void> {
  const { was, externalId, vendorAt } = o;
  const view = await conversationById(tx, was.conversation_id);
  let state = advance(MessageState.parse(was.state), "sent");
  const had = (until: number) => vendorAt !== null && vendorAt <= until;
  if (view && had(view.delivered_until)) state = advance(state, "delivered");
  if (view && had(view.read_until)) state = advance(state, "read");
  const taken = was.external_id === null && (await messageByExternalId(tx, was.account_id, externalId));
  await removeOutbox(tx, was.id);
  await changeMessage(tx, ctx, {
    was,
    change: {
      state,
      error: null,
      vendor_at: vendorAt,
      // An echo that lost our id on the way has been stored as somebody else's; the vendor's id stays with that row.
      external_id: was.external_id ?? (taken ? null : externalId),
    },
  });
}
