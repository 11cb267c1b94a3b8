import type { Ctx } from "../../context.ts";
import { conversationById, updateConversation } from "../../store/conversations.ts";
import type { Tx } from "../../store/index.ts";
import { journalConversation } from "./journal-message.ts";
import { shownNow } from "./preview.ts";

/** After a message was changed: lists show the last one that stands, and whether the customer waits again. */
export async function refreshPreview(tx: Tx, ctx: Ctx, conversationId: string): Promise<void> {
  const view = await conversationById(tx, conversationId);
  const change = view && (await shownNow(tx, view));
  if (!change || Object.keys(change).length === 0) return;
  await updateConversation(tx, conversationId, change);
  await journalConversation(tx, ctx, conversationId);
}
