import type { Insertable, Updateable } from "kysely";
import { locks } from "./locks.ts";
import { prepared } from "./prepared.ts";
import type { ChannelAccountRow } from "./schema.ts";
import type { Queryable, Tx } from "./store.ts";

const byId = prepared((q, p: { id: string }) =>
  q.db.selectFrom("channel_account").selectAll().where("id", "=", p.id),
);

export const accountById = (q: Queryable, id: string) => byId.first(q, { id });

/** As it stays until the transaction ends: what is held and what is released is decided by it. */
export const holdAccount = (tx: Tx, id: string) => {
  const query = tx.db.selectFrom("channel_account").selectAll().where("id", "=", id);
  return (locks(tx) ? query.forUpdate() : query).executeTakeFirst();
};

export const allAccounts = (q: Queryable) =>
  q.db.selectFrom("channel_account").selectAll().orderBy("name").orderBy("id").execute();

const byWebhookKey = prepared((q, p: { channel: string; webhookKey: string }) =>
  q.db
    .selectFrom("channel_account")
    .selectAll()
    .where("channel", "=", p.channel)
    .where("webhook_key", "=", p.webhookKey)
    .orderBy("id"),
);

export const accountsByWebhookKey = (q: Queryable, channel: string, webhookKey: string) =>
  byWebhookKey.all(q, { channel, webhookKey });

/** False when the vendor's account is connected already. */
export async function insertAccount(tx: Tx, row: Insertable<ChannelAccountRow>): Promise<boolean> {
  const inserted = await tx.db
    .insertInto("channel_account")
    .values(row)
    .onConflict((c) => c.columns(["channel", "external_id"]).doNothing())
    .returning("id")
    .executeTakeFirst();
  return inserted !== undefined;
}

export const updateAccount = (tx: Tx, id: string, change: Updateable<ChannelAccountRow>) =>
  tx.db.updateTable("channel_account").set(change).where("id", "=", id).execute();

/** What an account's pause held back may leave again. Returns whether there was anything. */
export async function releaseHeld(tx: Tx, accountId: string, now: number): Promise<boolean> {
  const { numUpdatedRows } = await tx.db
    .updateTable("outbox")
    .set({ state: "ready", next_at: now })
    .where("account_id", "=", accountId)
    .where("state", "=", "held")
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}
