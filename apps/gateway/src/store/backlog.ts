import type { Queryable } from "./store.ts";

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

/** Webhook bodies that failed every time and are kept until somebody looks. */
export async function quarantined(q: Queryable): Promise<number> {
  const row = await q.db
    .selectFrom("delivery")
    .select((e) => e.fn.countAll<number>().as("count"))
    .where("state", "=", "quarantined")
    .executeTakeFirst();
  return Number(row?.count ?? 0);
}
