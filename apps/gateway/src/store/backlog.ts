import type { Queryable, Tx } from "./store.ts";

/** Rows per state, with the time at which the first of them was due. */
export const outboxBacklog = (q: Queryable) =>
  q.db
    .selectFrom("outbox")
    .groupBy("state")
    .select((e) => ["state", e.fn.countAll<number>().as("count"), e.fn.min("next_at").as("oldest")])
    .execute();

/** When the oldest webhook body that still waits came in. */
export async function inboundBacklog(q: Queryable): Promise<number | null> {
  const row = await q.db
    .selectFrom("delivery")
    .select((e) => e.fn.min("received_at").as("oldest"))
    .where("state", "=", "pending")
    .executeTakeFirst();
  return row?.oldest ?? null;
}

/** A real write of no consequence: proof that the disk still takes them. */
export const probeWrite = (tx: Tx, now: number) =>
  tx.db
    .insertInto("setting")
    .values({ key: "probe", value: String(now) })
    .onConflict((c) => c.column("key").doUpdateSet({ value: String(now) }))
    .execute();
