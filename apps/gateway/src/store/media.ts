import { type Insertable, sql } from "kysely";
import { locks } from "./locks.ts";
import type { MediaRow } from "./schema.ts";
import type { Queryable, Tx } from "./store.ts";

export const insertMedia = (tx: Tx, row: Insertable<MediaRow>) =>
  tx.db.insertInto("media").values(row).execute();

export const mediaById = (q: Queryable, id: string) =>
  q.db.selectFrom("media").selectAll().where("id", "=", id).executeTakeFirst();

/** In a transaction they stay as they are until its end: a file must not go to two conversations at once. */
export async function mediaByIds(q: Queryable, ids: readonly string[]): Promise<MediaRow[]> {
  if (ids.length === 0) return [];
  const query = q.db.selectFrom("media").selectAll().where("id", "in", ids).orderBy("id");
  return (locks(q) ? query.forUpdate() : query).execute();
}

/** From now on whoever may see the conversation may see these files. */
export async function shareMedia(tx: Tx, ids: readonly string[], conversationId: string): Promise<void> {
  if (ids.length === 0) return;
  await tx.db.updateTable("media").set({ conversation_id: conversationId }).where("id", "in", ids).execute();
}

/** Uploads from before a time that were never sent and that no draft holds. */
export const unsentMedia = (q: Queryable, o: { before: number; limit: number }) =>
  q.db
    .selectFrom("media as m")
    .select("m.id")
    .where("m.conversation_id", "is", null)
    .where("m.uploaded_by", "is not", null)
    .where("m.created_at", "<", o.before)
    .where((e) =>
      e.not(
        e.exists(
          e
            .selectFrom("draft as d")
            .select("d.user_id")
            .where("d.media_ids", "like", sql<string>`'%' || m.id || '%'`),
        ),
      ),
    )
    .orderBy("m.created_at")
    .limit(o.limit)
    .execute();

export async function removeMedia(tx: Tx, ids: readonly string[]): Promise<void> {
  if (ids.length > 0) await tx.db.deleteFrom("media").where("id", "in", ids).execute();
}

/** Which of these files some row names, a body that is kept among them. */
export async function namedFiles(q: Queryable, hashes: readonly string[]): Promise<Set<string>> {
  if (hashes.length === 0) return new Set();
  const rows = await q.db.selectFrom("media").select("hash").where("hash", "in", hashes).execute();
  const bodies = await q.db.selectFrom("delivery").select("file").where("file", "in", hashes).execute();
  return new Set([...rows.map((r) => r.hash), ...bodies.flatMap((b) => b.file ?? [])]);
}
