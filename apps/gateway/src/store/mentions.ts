import type { MentionRow } from "./schema.ts";
import type { Sight } from "./sight.ts";
import type { Queryable, Tx } from "./store.ts";

/** Keeps a mention for each of these people. */
export async function insertMentions(
  tx: Tx,
  { userIds, ...mention }: Omit<MentionRow, "user_id" | "seen_at"> & { userIds: readonly string[] },
): Promise<void> {
  if (userIds.length === 0) return;
  const rows = userIds.map((user_id) => ({ ...mention, user_id, seen_at: null }));
  await tx.db.insertInto("mention").values(rows).execute();
}

/** False when nothing there waited for the user. */
export async function seeMentions(
  tx: Tx,
  o: { userId: string; conversationId: string; at: number },
): Promise<boolean> {
  const { numUpdatedRows } = await tx.db
    .updateTable("mention")
    .set({ seen_at: o.at })
    .where("user_id", "=", o.userId)
    .where("seen_at", "is", null)
    .where("conversation_id", "=", o.conversationId)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Ids of the conversations in which a mention waits for the user; those out of sight are kept back, not forgotten. */
export async function unseenMentions(q: Queryable, { userId, queueIds }: Sight): Promise<string[]> {
  let query = q.db
    .selectFrom("mention as m")
    .innerJoin("conversation as c", "c.id", "m.conversation_id")
    .select("m.conversation_id")
    .distinct()
    .where("m.user_id", "=", userId)
    .where("m.seen_at", "is", null)
    .orderBy("m.conversation_id");
  if (queueIds)
    query = query.where((e) =>
      e.or([
        queueIds.length > 0 ? e("c.queue_id", "in", queueIds) : e.lit(false),
        e("c.owner_id", "=", userId),
      ]),
    );
  return (await query.execute()).map((r) => r.conversation_id);
}
