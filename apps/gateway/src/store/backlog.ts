import type { Queryable } from "./store.ts";

/** Rows per state, with the time at which the first of them was due. */
export const outboxBacklog = (q: Queryable) =>
  q.db
    .selectFrom("outbox")
    .groupBy("state")
    .select((e) => ["state", e.fn.countAll<number>().as("count"), e.fn.min("next_at").as("oldest")])
    .execute();

/** Messages that wait to leave, by account, with the time at which the first of them was due. */
export const messagesToSend = (q: Queryable) =>
  q.db
    .selectFrom("outbox")
    .where("kind", "=", "message")
    .groupBy("account_id")
    .select((e) => ["account_id", e.fn.countAll<number>().as("count"), e.fn.min("next_at").as("oldest")])
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

export const quarantinedByWebhook = (q: Queryable) =>
  q.db
    .selectFrom("delivery")
    .where("state", "=", "quarantined")
    .groupBy(["channel", "webhook_key"])
    .select((e) => [
      "channel",
      "webhook_key",
      e.fn.countAll<number>().as("count"),
      e.fn.max("received_at").as("newest"),
    ])
    .execute();
