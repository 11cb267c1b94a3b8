import type { Insertable } from "kysely";
import type { MediaRow } from "./schema.ts";
import type { Queryable, Tx } from "./store.ts";

export const insertMedia = (tx: Tx, row: Insertable<MediaRow>) =>
  tx.db.insertInto("media").values(row).execute();

export const mediaById = (q: Queryable, id: string) =>
  q.db.selectFrom("media").selectAll().where("id", "=", id).executeTakeFirst();

export const mediaByIds = (q: Queryable, ids: readonly string[]): Promise<MediaRow[]> =>
  ids.length === 0
    ? Promise.resolve([])
    : q.db.selectFrom("media").selectAll().where("id", "in", ids).execute();

/** From now on whoever may see the conversation may see these files. */
export async function shareMedia(tx: Tx, ids: readonly string[], conversationId: string): Promise<void> {
  if (ids.length === 0) return;
  await tx.db.updateTable("media").set({ conversation_id: conversationId }).where("id", "in", ids).execute();
}
