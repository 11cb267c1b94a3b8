import type { Ctx } from "../../context.ts";
import { type ConversationView, conversationById, updateConversation } from "../../store/conversations.ts";
import type { Tx } from "../../store/index.ts";
import { firstUnanswered, lastMessageAt, newestMessage } from "../../store/messages.ts";
import type { ConversationRow, MessageRow } from "../../store/schema.ts";
import { attachmentsOf } from "./attachments.ts";
import { journalConversation } from "./journal-message.ts";
import { excerpt } from "./message-row.ts";

type Preview = Pick<
  ConversationRow,
  "preview_text" | "preview_direction" | "preview_attachment" | "preview_author_id"
>;

/** What lists show of a conversation whose last message this is. */
export const previewOf = (
  row: Pick<MessageRow, "text" | "direction" | "attachments" | "author_id">,
): Preview => ({
  preview_text: excerpt(row.text),
  preview_direction: row.direction,
  preview_attachment: row.attachments === "[]" ? null : (attachmentsOf(row)[0]?.kind ?? null),
  preview_author_id: row.author_id,
});

const empty: Preview = {
  preview_text: "",
  preview_direction: "none",
  preview_attachment: null,
  preview_author_id: null,
};

/** What lists show of a conversation to which a message was added; one that comes late is not the last one. */
export async function showAdded(
  tx: Tx,
  view: ConversationView,
  row: MessageRow,
): Promise<Preview & Pick<ConversationRow, "last_message_at" | "unanswered_since">> {
  if (row.at >= view.last_message_at && row.state !== "removed")
    return {
      ...previewOf(row),
      last_message_at: row.at,
      unanswered_since: row.direction === "in" ? row.created_at : null,
    };
  const newest = await newestMessage(tx, view.id);
  return {
    ...(newest ? previewOf(newest) : empty),
    last_message_at: (await lastMessageAt(tx, view.id)) ?? row.at,
    unanswered_since: await firstUnansweredOf(tx, view),
  };
}

/** After a message was changed or taken away: lists show the last one that stands, and whether the customer waits again. */
export async function refreshPreview(tx: Tx, ctx: Ctx, conversationId: string): Promise<void> {
  const view = await conversationById(tx, conversationId);
  if (!view) return;
  const newest = await newestMessage(tx, conversationId);
  const change = {
    ...(newest ? previewOf(newest) : empty),
    unanswered_since: await unanswered(tx, view),
  };
  const keys = Object.keys(change) as (keyof typeof change)[];
  if (keys.every((key) => view[key] === change[key])) return;
  await updateConversation(tx, view.id, change);
  await journalConversation(tx, ctx, view.id);
}

/** An answer that never went out answered nobody. */
const unanswered = async (tx: Tx, view: ConversationView): Promise<number | null> =>
  view.unanswered_since ?? firstUnansweredOf(tx, view);

const firstUnansweredOf = async (tx: Tx, view: ConversationView): Promise<number | null> =>
  view.i_id === null ? null : ((await firstUnanswered(tx, view.id, view.i_id))?.created_at ?? null);
