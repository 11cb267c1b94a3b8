import type { ConversationView } from "../../store/conversations.ts";
import type { Tx } from "../../store/index.ts";
import { firstUnanswered, lastMessageAt, newestMessage } from "../../store/messages.ts";
import type { ConversationRow, MessageRow } from "../../store/schema.ts";
import { attachmentsOf } from "./attachments.ts";
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

/** What lists must show of a conversation now that one of its messages was changed or taken away: only what is another than before. */
export async function shownNow(tx: Tx, view: ConversationView): Promise<Partial<ConversationRow>> {
  const newest = await newestMessage(tx, view.id);
  const shown = { ...(newest ? previewOf(newest) : empty), unanswered_since: await unanswered(tx, view) };
  return Object.fromEntries(
    Object.entries(shown).filter(([key, value]) => view[key as keyof typeof shown] !== value),
  );
}

/** An answer that never went out answered nobody. */
const unanswered = async (tx: Tx, view: ConversationView): Promise<number | null> =>
  view.unanswered_since ?? firstUnansweredOf(tx, view);

const firstUnansweredOf = async (tx: Tx, view: ConversationView): Promise<number | null> =>
  view.i_id === null ? null : ((await firstUnanswered(tx, view.id, view.i_id))?.created_at ?? null);
