import type { CompanionRow, WhisperRow } from "./schema-records.ts";
import type { Queryable, Tx } from "./store.ts";

export const companionsOf = (q: Queryable, conversationId: string): Promise<CompanionRow[]> =>
  q.db
    .selectFrom("companion")
    .selectAll()
    .where("conversation_id", "=", conversationId)
    .orderBy("joined_at")
    .orderBy("user_id")
    .execute();

export const companion = (
  q: Queryable,
  o: { conversationId: string; userId: string },
): Promise<CompanionRow | undefined> =>
  q.db
    .selectFrom("companion")
    .selectAll()
    .where("conversation_id", "=", o.conversationId)
    .where("user_id", "=", o.userId)
    .executeTakeFirst();

/** Where somebody is a companion. */
export const companionOf = (q: Queryable, userId: string): Promise<CompanionRow[]> =>
  q.db.selectFrom("companion").selectAll().where("user_id", "=", userId).execute();

export const putCompanion = (tx: Tx, row: CompanionRow) =>
  tx.db
    .insertInto("companion")
    .values(row)
    .onConflict((c) =>
      c
        .columns(["conversation_id", "user_id"])
        .doUpdateSet({ visible: row.visible, joined_at: row.joined_at }),
    )
    .execute();

export const removeCompanion = (tx: Tx, row: Pick<CompanionRow, "conversation_id" | "user_id">) =>
  tx.db
    .deleteFrom("companion")
    .where("conversation_id", "=", row.conversation_id)
    .where("user_id", "=", row.user_id)
    .execute();

export const whisperByClientId = (q: Queryable, clientId: string): Promise<WhisperRow | undefined> =>
  q.db.selectFrom("whisper").selectAll().where("client_id", "=", clientId).executeTakeFirst();

export const insertWhisper = (tx: Tx, row: WhisperRow) => tx.db.insertInto("whisper").values(row).execute();

/** The newest whispers of a conversation, oldest first. @param readerId only what this agent said or was told */
export async function whispersOf(
  q: Queryable,
  o: { conversationId: string; readerId: string | null; limit: number },
): Promise<WhisperRow[]> {
  let query = q.db
    .selectFrom("whisper")
    .selectAll()
    .where("conversation_id", "=", o.conversationId)
    .orderBy("at", "desc")
    .orderBy("id", "desc")
    .limit(o.limit);
  const { readerId } = o;
  if (readerId !== null)
    query = query.where((e) => e.or([e("agent_id", "=", readerId), e("from_id", "=", readerId)]));
  return (await query.execute()).reverse();
}
