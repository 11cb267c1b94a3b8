import type { Insertable, Updateable } from "kysely";
import { prepared } from "./prepared.ts";
import type { DeliveryRow } from "./schema.ts";
import type { Queryable, Tx } from "./store.ts";

const account = prepared((q, p: { channel: string; externalId: string }) =>
  q.db
    .selectFrom("channel_account")
    .selectAll()
    .where("channel", "=", p.channel)
    .where("external_id", "=", p.externalId),
);

export const accountByExternalId = (q: Queryable, channel: string, externalId: string) =>
  account.first(q, { channel, externalId });

export const heardFrom = (tx: Tx, accountId: string, at: number) =>
  tx.db.updateTable("channel_account").set({ last_inbound_at: at }).where("id", "=", accountId).execute();

const insert = prepared((q, row: Insertable<DeliveryRow>) => q.db.insertInto("delivery").values(row));

export const insertDelivery = (tx: Tx, row: Insertable<DeliveryRow>) => insert.run(tx, row);

const byId = prepared((q, p: { id: string }) =>
  q.db.selectFrom("delivery").selectAll().where("id", "=", p.id),
);

export const deliveryById = (q: Queryable, id: string) => byId.first(q, { id });

const update = prepared((q, { key, ...change }: Updateable<DeliveryRow> & { key: string }) =>
  q.db.updateTable("delivery").set(change).where("id", "=", key),
);

export const updateDelivery = (tx: Tx, id: string, change: Updateable<DeliveryRow>) =>
  update.run(tx, { ...change, key: id });

/** Forgets applied bodies that came before a time, oldest first. Returns how many went. */
export async function forgetDeliveries(tx: Tx, o: { before: number; limit: number }): Promise<number> {
  const oldest = tx.db
    .selectFrom("delivery")
    .select("id")
    .where("state", "=", "done")
    .where("received_at", "<", o.before)
    .orderBy("received_at")
    .limit(o.limit);
  const { numDeletedRows } = await tx.db.deleteFrom("delivery").where("id", "in", oldest).executeTakeFirst();
  return Number(numDeletedRows);
}
