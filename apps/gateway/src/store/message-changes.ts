import { prepared } from "./prepared.ts";
import type { MessageChangeRow } from "./schema.ts";
import type { Queryable, Tx } from "./store.ts";

/** False, and nothing is kept, when one of the kind that counts as much or more is there. */
export async function keepChange(tx: Tx, row: MessageChangeRow): Promise<boolean> {
  const kept = await tx.db
    .insertInto("message_change")
    .values(row)
    .onConflict((c) =>
      c
        .columns(["account_id", "external_id", "kind"])
        .doUpdateSet((e) => ({
          rank: e.ref("excluded.rank"),
          value: e.ref("excluded.value"),
          kept_at: e.ref("excluded.kept_at"),
        }))
        .whereRef("message_change.rank", "<", "excluded.rank"),
    )
    .returning("kind")
    .executeTakeFirst();
  return kept !== undefined;
}

const ofMessage = prepared((q, p: { accountId: string; externalId: string }) =>
  q.db
    .selectFrom("message_change")
    .selectAll()
    .where("account_id", "=", p.accountId)
    .where("external_id", "=", p.externalId),
);

export const changesOf = (q: Queryable, accountId: string, externalId: string) =>
  ofMessage.all(q, { accountId, externalId });

/** Forgets what was kept before a time, oldest first. Returns how many went. */
export async function forgetChanges(tx: Tx, o: { before: number; limit: number }): Promise<number> {
  const gone = await tx.db
    .selectFrom("message_change")
    .select(["account_id", "external_id", "kind"])
    .where("kept_at", "<", o.before)
    .orderBy("kept_at")
    .limit(o.limit)
    .execute();
  for (const { account_id, external_id, kind } of gone)
    await tx.db
      .deleteFrom("message_change")
      .where("account_id", "=", account_id)
      .where("external_id", "=", external_id)
      .where("kind", "=", kind)
      .execute();
  return gone.length;
}
