import type { Draft } from "@tongdai/shared";
import { z } from "zod";
import { draftOf } from "../../store/drafts.ts";
import type { Queryable } from "../../store/index.ts";
import { fromJson } from "../../store/json.ts";
import type { DraftRow } from "../../store/schema.ts";

const MediaIds = z.array(z.string());

export const toDraft = (row: DraftRow): Draft => ({
  conversationId: row.conversation_id,
  text: row.text,
  mediaIds: fromJson(MediaIds, row.media_ids),
  replyToId: row.reply_to_id,
  note: row.note === 1,
  savedAt: row.saved_at,
});

/** What this person has begun to write here. */
export async function getDraft(q: Queryable, conversationId: string, userId: string): Promise<Draft | null> {
  const row = await draftOf(q, conversationId, userId);
  return row ? toDraft(row) : null;
}
