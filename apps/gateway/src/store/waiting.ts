import { sql } from "kysely";
import { prepared } from "./prepared.ts";
import type { InteractionRow } from "./schema.ts";
import type { Queryable, Tx } from "./store.ts";

const ahead = prepared((q, p: { queueId: string; rankAt: number; id: string; limit: number }) =>
  q.db
    .selectFrom((e) =>
      e
        .selectFrom("interaction")
        .select("id")
        .where("queue_id", "=", p.queueId)
        .where("state", "=", "waiting")
        .where("held_until", "is", null)
        .where(sql<boolean>`(rank_at, id) < (${p.rankAt}, ${p.id})`)
        .limit(p.limit)
        .as("a"),
    )
    .select((e) => e.fn.countAll<number>().as("n")),
);

/** How many wait before a piece of work in its queue, so many at most. */
export async function countAhead(
  q: Queryable,
  row: Pick<InteractionRow, "id" | "queue_id" | "rank_at">,
  limit: number,
): Promise<number> {
  const found = await ahead.first(q, { queueId: row.queue_id, rankAt: row.rank_at, id: row.id, limit });
  return Number(found?.n ?? 0);
}

const progress = prepared((q, p: { key: string; was: number; wait: string | null }) =>
  q.db.updateTable("interaction").set({ wait: p.wait }).where("id", "=", p.key).where("version", "=", p.was),
);

/** How far its wait has come, without making it a new version of itself. */
export const setWait = (tx: Tx, was: Pick<InteractionRow, "id" | "version">, wait: string | null) =>
  progress.run(tx, { key: was.id, was: was.version, wait });

/** All that waits in a queue, or of that only what is held beyond a moment, is looked at: its `waited` timers are due at once. */
export const lookAtWaits = (tx: Tx, o: { queueId: string; at: number; heldBeyond?: number }) =>
  tx.db
    .insertInto("timer")
    .columns(["key", "kind", "subject_id", "due_at"])
    .expression((e) => {
      const { heldBeyond } = o;
      const waiting = e
        .selectFrom("interaction")
        .select([
          sql<string>`'waited:' || id`.as("key"),
          sql<string>`'waited'`.as("kind"),
          "id as subject_id",
          sql<number>`${o.at}`.as("due_at"),
        ])
        .where("queue_id", "=", o.queueId)
        .where("state", "=", "waiting");
      return heldBeyond === undefined
        ? waiting
        : waiting.where("held_until", ">", heldBeyond).where("wait", "is not", null);
    })
    .onConflict((c) => c.column("key").doUpdateSet((e) => ({ due_at: e.ref("excluded.due_at") })))
    .execute();
