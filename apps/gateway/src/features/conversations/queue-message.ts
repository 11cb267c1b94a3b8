import { AppError } from "@tongdai/shared";
import type { Ctx } from "../../context.ts";
import { type ConversationView, updateConversation } from "../../store/conversations.ts";
import type { Tx } from "../../store/index.ts";
import { insertMessage } from "../../store/messages.ts";
import type { ConversationRow, MessageRow } from "../../store/schema.ts";
import { journalCreated } from "./journal-message.ts";
import { oweMessage } from "./outbox.ts";

/**
 * Stores a message to the customer with the debt that it is, and tells of it.
 * @param o.change what becomes of the conversation beside
 */
export async function queueMessage(
  tx: Tx,
  ctx: Ctx,
  o: { row: MessageRow; view: ConversationView; change: Partial<ConversationRow> },
): Promise<ConversationView> {
  const { row, view } = o;
  if (!(await insertMessage(tx, row)))
    throw new AppError("conflict", "the client id belongs to another conversation's message");
  await oweMessage(tx, ctx, { row, view });
  const change = { last_message_at: row.at, ...o.change };
  await updateConversation(tx, view.id, change);
  const now = { ...view, ...change };
  journalCreated(tx, ctx, { row, view: now });
  return now;
}
