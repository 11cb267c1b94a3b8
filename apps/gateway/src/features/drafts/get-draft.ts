import { type Draft, UnsentLetter, Uploaded } from "@tongdai/shared";
import { z } from "zod";
import { draftOf } from "../../store/drafts.ts";
import type { Queryable } from "../../store/index.ts";
import { fromJson } from "../../store/json.ts";
import { mediaByIds } from "../../store/media.ts";
import type { DraftRow, MediaRow } from "../../store/schema.ts";

const MediaIds = z.array(z.string());

/** With what its files are, so that a client that has just started can show them; only the writer's own and the conversation's are told of. */
export async function toDraft(q: Queryable, row: DraftRow): Promise<Draft> {
  const mediaIds = fromJson(MediaIds, row.media_ids);
  const found = new Map((await mediaByIds(q, mediaIds)).map((m) => [m.id, m]));
  return {
    conversationId: row.conversation_id,
    text: row.text,
    media: mediaIds
      .map((id) => found.get(id))
      .filter((m) => m !== undefined)
      .filter((m) => m.uploaded_by === row.user_id || m.conversation_id === row.conversation_id)
      .map(toUploaded),
    replyToId: row.reply_to_id,
    note: row.note === 1,
    privately: row.privately === 1,
    letter: row.letter === null ? null : fromJson(UnsentLetter, row.letter),
    savedAt: row.saved_at,
  };
}

const toUploaded = ({ id, kind, name, mime, size, thumbnail }: MediaRow): Uploaded =>
  Uploaded.parse({ mediaId: id, kind, name, mime, size, thumbnail: thumbnail === 1 });

/** What this person has begun to write here. */
export async function getDraft(q: Queryable, conversationId: string, userId: string): Promise<Draft | null> {
  const row = await draftOf(q, conversationId, userId);
  return row ? toDraft(q, row) : null;
}
