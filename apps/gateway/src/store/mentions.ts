import { prepared } from "./prepared.ts";
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

const unseenOf = prepared((q, p: { userId: string }) =>
  q.db
    .selectFrom("mention as m")
    .innerJoin("conversation as c", "c.id", "m.conversation_id")
    .select(["m.conversation_id", "c.queue_id", "c.owner_id"])
    .distinct()
    .where("m.user_id", "=", p.userId)
    .where("m.seen_at", "is", null)
    .orderBy("m.conversation_id"),
);

/** Ids of the conversations in which a mention waits for the user; those out of sight are kept back, not forgotten. */
export async function unseenMentions(q: Queryable, { userId, queueIds }: Sight): Promise<string[]> {
  const places = await unseenOf.all(q, { userId });
  return places
    .filter((p) => queueIds === null || queueIds.includes(p.queue_id) || p.owner_id === userId)
    .map((p) => p.conversation_id);
}
