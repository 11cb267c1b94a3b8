import type { Insertable, Updateable } from "kysely";
import { locks } from "./locks.ts";
import { prepared } from "./prepared.ts";
import type { WebhookRow } from "./schema-webhooks.ts";
import type { Queryable, Tx } from "./store.ts";

const all = prepared((q) => q.db.selectFrom("webhook").selectAll().orderBy("name"));

export const allWebhooks = (q: Queryable) => all.all(q, {});

export const webhookById = (q: Queryable, id: string) =>
  q.db.selectFrom("webhook").selectAll().where("id", "=", id).executeTakeFirst();

/** As it stays until the transaction ends: what is counted on it is not lost. */
export const holdWebhook = (tx: Tx, id: string) => {
  const query = tx.db.selectFrom("webhook").selectAll().where("id", "=", id);
  return (locks(tx) ? query.forUpdate() : query).executeTakeFirst();
};

export const webhookByName = (q: Queryable, name: string) =>
  q.db.selectFrom("webhook").selectAll().where("name", "=", name).executeTakeFirst();

export const insertWebhook = (tx: Tx, row: Insertable<WebhookRow>) =>
  tx.db.insertInto("webhook").values(row).execute();

export const updateWebhook = (tx: Tx, id: string, change: Updateable<WebhookRow>) =>
  tx.db.updateTable("webhook").set(change).where("id", "=", id).execute();

export const deleteWebhook = (tx: Tx, id: string) =>
  tx.db.deleteFrom("webhook").where("id", "=", id).execute();
