import type { DraftRow } from "./schema.ts";
import type { Queryable, Tx } from "./store.ts";

export const draftOf = (q: Queryable, conversationId: string, userId: string) =>
  q.db
    .selectFrom("draft")
    .selectAll()
    .where("conversation_id", "=", conversationId)
    .where("user_id", "=", userId)
    .executeTakeFirst();

export const upsertDraft = (tx: Tx, { conversation_id, user_id, ...rest }: DraftRow) =>
  tx.db
    .insertInto("draft")
    .values({ conversation_id, user_id, ...rest })
    .onConflict((c) => c.columns(["conversation_id", "user_id"]).doUpdateSet(rest))
    .execute();

/** False when there was none. */
export async function deleteDraft(tx: Tx, conversationId: string, userId: string): Promise<boolean> {
  const { numDeletedRows } = await tx.db
    .deleteFrom("draft")
    .where("conversation_id", "=", conversationId)
    .where("user_id", "=", userId)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}
