import { type Insertable, sql } from "kysely";
import { prepared } from "./prepared.ts";
import type { WebhookAttemptRow, WebhookDeliveryRow } from "./schema-webhooks.ts";
import type { Queryable, Tx } from "./store.ts";

const insert = prepared((q, row: WebhookDeliveryRow) => q.db.insertInto("webhook_delivery").values(row));

export const insertWebhookDelivery = (tx: Tx, row: WebhookDeliveryRow) => insert.run(tx, row);

export const webhookDeliveryById = (q: Queryable, id: string) =>
  q.db.selectFrom("webhook_delivery").selectAll().where("id", "=", id).executeTakeFirst();

export interface DueWebhookDeliveries {
  readonly webhookId: string;
  readonly now: number;
  readonly limit: number;
  /** Only what somebody has asked for on the screen: the webhook is off, or rests. */
  readonly tests: boolean;
}

/**
 * What may be sent to a webhook now. About one thing no first attempt is made before the one before it has ended; what is
 * tried again holds up nothing.
 */
export const dueWebhookDeliveries = (q: Queryable, o: DueWebhookDeliveries): Promise<WebhookDeliveryRow[]> =>
  q.db
    .selectFrom("webhook_delivery as d")
    .selectAll("d")
    .where("d.webhook_id", "=", o.webhookId)
    .where("d.state", "=", "ready")
    .where("d.next_at", "<=", o.now)
    .$if(o.tests, (rows) => rows.where("d.type", "=", TEST))
    .where((e) =>
      e.not(
        e.exists(
          e
            .selectFrom("webhook_delivery as p")
            .select(sql`1`.as("one"))
            .whereRef("p.webhook_id", "=", "d.webhook_id")
            .whereRef("p.lane", "=", "d.lane")
            .whereRef("p.seq", "<", "d.seq")
            .where("p.state", "in", ["ready", "trying"])
            .where((x) => x.or([x("p.state", "=", "trying"), x("p.attempts", "=", 0)])),
        ),
      ),
    )
    .orderBy("d.next_at")
    .orderBy("d.seq")
    .limit(o.limit)
    .execute();

/** An event that nobody but the administrator has caused. */
export const TEST = "webhook.test";

/** When the next one that is not due yet will be; null: there is none. */
export async function nextWebhookDeliveryAt(
  q: Queryable,
  o: { webhookId: string; now: number },
): Promise<number | null> {
  const row = await q.db
    .selectFrom("webhook_delivery")
    .select((e) => e.fn.min("next_at").as("at"))
    .where("webhook_id", "=", o.webhookId)
    .where("state", "=", "ready")
    .where("next_at", ">", o.now)
    .executeTakeFirst();
  return row?.at ?? null;
}

/** Compare-and-set from `ready`, counting the attempt before it is made. False when another node has it. */
export async function markSending(tx: Tx, id: string, leaseUntil: number): Promise<boolean> {
  const { numUpdatedRows } = await tx.db
    .updateTable("webhook_delivery")
    .set((e) => ({ state: "trying", attempts: e("attempts", "+", 1), lease_until: leaseUntil }))
    .where("id", "=", id)
    .where("state", "=", "ready")
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** Ends the attempt of that number. False when it is no longer the present one. */
export async function endSending(
  tx: Tx,
  d: Pick<WebhookDeliveryRow, "id" | "attempts">,
  change: { state: "ready" | "done" | "failed"; next_at?: number },
): Promise<boolean> {
  const { numUpdatedRows } = await tx.db
    .updateTable("webhook_delivery")
    .set({ ...change, lease_until: null })
    .where("id", "=", d.id)
    .where("state", "=", "trying")
    .where("attempts", "=", d.attempts)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** Attempts that were marked and whose end nobody recorded: their process died. */
export const abandonedSendings = (q: Queryable, now: number) =>
  q.db
    .selectFrom("webhook_delivery")
    .selectAll()
    .where("state", "=", "trying")
    .where("lease_until", "<=", now)
    .orderBy("lease_until")
    .limit(500)
    .execute();

/** At the start of the only process there is: whoever marked an attempt is dead. */
export async function expireSendings(tx: Tx): Promise<void> {
  if (tx.engine === "sqlite")
    await tx.db
      .updateTable("webhook_delivery")
      .set({ lease_until: 0 })
      .where("state", "=", "trying")
      .execute();
}

/** From the beginning, now. False while an attempt is being made. */
export async function sendAnew(tx: Tx, id: string, now: number): Promise<boolean> {
  const { numUpdatedRows } = await tx.db
    .updateTable("webhook_delivery")
    .set({ state: "ready", attempts: 0, next_at: now })
    .where("id", "=", id)
    .where("state", "<>", "trying")
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

export const insertAttempt = (tx: Tx, row: Insertable<WebhookAttemptRow>) =>
  tx.db.insertInto("webhook_attempt").values(row).execute();

/** Newest first. */
export function webhookDeliveriesBefore(
  q: Queryable,
  o: {
    webhookId: string;
    states?: readonly string[] | undefined;
    before?: string | undefined;
    limit: number;
  },
): Promise<WebhookDeliveryRow[]> {
  let query = q.db
    .selectFrom("webhook_delivery")
    .selectAll()
    .where("webhook_id", "=", o.webhookId)
    .orderBy("id", "desc")
    .limit(o.limit);
  if (o.states) query = query.where("state", "in", o.states);
  if (o.before !== undefined) query = query.where("id", "<", o.before);
  return query.execute();
}

/** Oldest first. */
export const attemptsOf = (q: Queryable, deliveryIds: readonly string[]) =>
  q.db
    .selectFrom("webhook_attempt")
    .selectAll()
    .where("delivery_id", "in", deliveryIds)
    .orderBy("delivery_id")
    .orderBy("id")
    .execute();

/** What waits, by webhook, with the time at which the first of it was due. */
export const webhookBacklog = (q: Queryable) =>
  q.db
    .selectFrom("webhook_delivery")
    .where("state", "=", "ready")
    .groupBy("webhook_id")
    .select((e) => ["webhook_id", e.fn.countAll<number>().as("count"), e.fn.min("next_at").as("oldest")])
    .execute();

/** Whether more than so many wait for one webhook. */
export async function isOwedMore(q: Queryable, webhookId: string, most: number): Promise<boolean> {
  const row = await q.db
    .selectFrom("webhook_delivery")
    .select("id")
    .where("webhook_id", "=", webhookId)
    .where("state", "=", "ready")
    .orderBy("next_at")
    .offset(most)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** Forgets what came before a time, or all of one webhook's, with its attempts. Returns how many went. */
export async function forgetWebhookDeliveries(
  tx: Tx,
  o: ({ before: number } | { webhookId: string }) & { limit: number },
): Promise<number> {
  const rows = await tx.db
    .selectFrom("webhook_delivery")
    .select("id")
    .$if("before" in o, (q) => q.where("created_at", "<", "before" in o ? o.before : 0).orderBy("created_at"))
    .$if("webhookId" in o, (q) => q.where("webhook_id", "=", "webhookId" in o ? o.webhookId : ""))
    .limit(o.limit)
    .execute();
  const ids = rows.map((r) => r.id);
  if (ids.length === 0) return 0;
  await tx.db.deleteFrom("webhook_attempt").where("delivery_id", "in", ids).execute();
  await tx.db.deleteFrom("webhook_delivery").where("id", "in", ids).execute();
  return ids.length;
}
