import { prepared } from "./prepared.ts";
import type { HoursRow } from "./schema.ts";
import type { Queryable, Tx } from "./store.ts";

const byId = prepared((q, p: { id: string }) => q.db.selectFrom("hours").selectAll().where("id", "=", p.id));

export const hoursById = (q: Queryable, id: string) => byId.first(q, { id });

export const hoursByName = (q: Queryable, name: string) =>
  q.db.selectFrom("hours").selectAll().where("name", "=", name).executeTakeFirst();

export const allHours = (q: Queryable) => q.db.selectFrom("hours").selectAll().orderBy("name").execute();

export const insertHours = (tx: Tx, row: HoursRow) => tx.db.insertInto("hours").values(row).execute();

export const updateHours = (tx: Tx, { id, ...change }: HoursRow) =>
  tx.db.updateTable("hours").set(change).where("id", "=", id).execute();

export const deleteHours = (tx: Tx, id: string) => tx.db.deleteFrom("hours").where("id", "=", id).execute();

export async function queueIdsWithHours(q: Queryable, hoursId: string): Promise<string[]> {
  const rows = await q.db.selectFrom("queue").select("id").where("hours_id", "=", hoursId).execute();
  return rows.map((row) => row.id);
}

const held = (tx: Tx, queueId: string) =>
  tx.db
    .updateTable("interaction")
    .where("queue_id", "=", queueId)
    .where("held_until", "is not", null)
    .where("state", "<>", "closed");

const any = ({ numUpdatedRows }: { numUpdatedRows: bigint }): boolean => numUpdatedRows > 0n;

/** What a queue holds waits until another time, without being a new version of itself. @returns whether there was any */
export const holdUntil = async (tx: Tx, o: { queueId: string; until: number }): Promise<boolean> =>
  any(
    await held(tx, o.queueId)
      .where("held_until", "<>", o.until)
      .set({ held_until: o.until })
      .executeTakeFirst(),
  );

/** What a queue holds may be offered. @returns whether there was any */
export async function letGo(tx: Tx, queueId: string): Promise<boolean> {
  const waited = await held(tx, queueId)
    .where("state", "=", "waiting")
    .set({ held_until: null, wait_reason: null, look_again: 1 })
    .executeTakeFirst();
  const others = await held(tx, queueId).set({ held_until: null }).executeTakeFirst();
  return any(waited) || any(others);
}
