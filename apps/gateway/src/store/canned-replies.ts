import type { CannedReplyRow } from "./schema.ts";
import type { Queryable, Tx } from "./store.ts";

export const allCannedReplies = (q: Queryable): Promise<CannedReplyRow[]> =>
  q.db.selectFrom("canned_reply").selectAll().orderBy("shortcut").execute();

export const cannedReplyByShortcut = (q: Queryable, shortcut: string) =>
  q.db.selectFrom("canned_reply").selectAll().where("shortcut", "=", shortcut).executeTakeFirst();

export const cannedReplyById = (q: Queryable, id: string) =>
  q.db.selectFrom("canned_reply").selectAll().where("id", "=", id).executeTakeFirst();

/** False, and nothing is written, when the shortcut is taken. */
export async function insertCannedReply(tx: Tx, row: CannedReplyRow): Promise<boolean> {
  const inserted = await tx.db
    .insertInto("canned_reply")
    .values(row)
    .onConflict((c) => c.doNothing())
    .returning("id")
    .executeTakeFirst();
  return inserted !== undefined;
}

/** False when it was not there. */
export async function deleteCannedReply(tx: Tx, id: string): Promise<boolean> {
  const { numDeletedRows } = await tx.db.deleteFrom("canned_reply").where("id", "=", id).executeTakeFirst();
  return numDeletedRows > 0n;
}
