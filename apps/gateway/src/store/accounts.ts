import type { Insertable, Updateable } from "kysely";
import { prepared } from "./prepared.ts";
import type { ChannelAccountRow } from "./schema.ts";
import type { Queryable, Tx } from "./store.ts";

export const accountById = (q: Queryable, id: string) =>
  q.db.selectFrom("channel_account").selectAll().where("id", "=", id).executeTakeFirst();

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

/** What an account's pause held back may leave again. */
export const releaseHeld = (tx: Tx, accountId: string, now: number) =>
  tx.db
    .updateTable("outbox")
    .set({ state: "ready", next_at: now })
    .where("account_id", "=", accountId)
    .where("state", "=", "held")
    .execute();
