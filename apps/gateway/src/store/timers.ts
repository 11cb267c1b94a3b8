import { prepared } from "./prepared.ts";
import type { TimerRow } from "./schema.ts";
import type { Queryable, Tx } from "./store.ts";

const put = prepared((q, row: TimerRow) =>
  q.db
    .insertInto("timer")
    .values(row)
    .onConflict((c) =>
      c.column("key").doUpdateSet({ kind: row.kind, subject_id: row.subject_id, due_at: row.due_at }),
    ),
);

/** One timer a key: setting it again moves it. */
export const putTimer = (tx: Tx, row: TimerRow) => put.run(tx, row);

const remove = prepared((q, p: { key: string }) => q.db.deleteFrom("timer").where("key", "=", p.key));

export const removeTimer = (tx: Tx, key: string) => remove.run(tx, { key });

export async function timerStands(q: Queryable, key: string): Promise<boolean> {
  return (
    (await q.db.selectFrom("timer").select("key").where("key", "=", key).executeTakeFirst()) !== undefined
  );
}

/** False when the timer was moved, removed or taken by another node. */
export async function takeTimer(tx: Tx, timer: TimerRow): Promise<boolean> {
  const { numDeletedRows } = await tx.db
    .deleteFrom("timer")
    .where("key", "=", timer.key)
    .where("due_at", "=", timer.due_at)
    .executeTakeFirst();
  return numDeletedRows === 1n;
}

export const nextTimers = (q: Queryable, limit: number) =>
  q.db.selectFrom("timer").selectAll().orderBy("due_at").limit(limit).execute();
