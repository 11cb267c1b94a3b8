import { sql } from "kysely";
import { locks } from "./locks.ts";
import type { Queryable, Tx } from "./store.ts";

/** The clock that all who share the store go by. @param own the wall clock of the only process that an embedded store has */
async function storeTime(q: Queryable, own: number): Promise<number> {
  if (q.engine === "sqlite") return own;
  const { rows } = await sql<{
    now: number;
  }>`select (extract(epoch from clock_timestamp()) * 1000)::bigint as now`.execute(q.db);
  return rows[0]?.now ?? own;
}

/** Says that the instance lives. False when it counted as dead, or was not known. */
export async function beat(tx: Tx, id: string, wall: number): Promise<boolean> {
  const seen_at = await storeTime(tx, wall);
  const { numUpdatedRows } = await tx.db
    .updateTable("instance")
    .set({ seen_at, wall_at: wall })
    .where("id", "=", id)
    .executeTakeFirst();
  if (numUpdatedRows === 1n) return true;
  await tx.db.insertInto("instance").values({ id, seen_at, wall_at: wall }).execute();
  return false;
}

/** An embedded store has one process at a time: every other instance is dead. Elsewhere one that was silent for `ttl` is. */
export async function otherInstances(
  q: Queryable,
  o: { id: string; wall: number; ttl: number },
): Promise<{ id: string; alive: boolean; wall_at: number }[]> {
  const now = await storeTime(q, o.wall);
  const rows = await q.db.selectFrom("instance").selectAll().where("id", "<>", o.id).execute();
  return rows.map((r) => ({ ...r, alive: q.engine === "postgres" && now - r.seen_at < o.ttl }));
}

/** A clean stop: the others need not wait for the silence. */
export const retireInstance = (tx: Tx, id: string) =>
  tx.db.updateTable("instance").set({ seen_at: 0 }).where("id", "=", id).execute();

/** Forgets instances, and returns who was connected to them. */
export async function removeInstances(tx: Tx, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  await tx.db.deleteFrom("instance").where("id", "in", ids).execute();
  const rows = await tx.db
    .deleteFrom("presence")
    .where("instance_id", "in", ids)
    .returning("user_id")
    .execute();
  return [...new Set(rows.map((r) => r.user_id))];
}

/** Coming and going of one person, told by two instances at once, must follow each other. */
export async function holdAgent(tx: Tx, userId: string): Promise<void> {
  if (locks(tx))
    await tx.db
      .selectFrom("agent_state")
      .select("user_id")
      .where("user_id", "=", userId)
      .forUpdate()
      .execute();
}

export const addPresence = (tx: Tx, instance_id: string, user_id: string) =>
  tx.db
    .insertInto("presence")
    .values({ instance_id, user_id })
    .onConflict((c) => c.doNothing())
    .execute();

export const removePresence = (tx: Tx, instanceId: string, userId: string) =>
  tx.db.deleteFrom("presence").where("instance_id", "=", instanceId).where("user_id", "=", userId).execute();

/** Whether any instance has a client of this person. */
export async function isPresent(q: Queryable, userId: string): Promise<boolean> {
  const row = await q.db
    .selectFrom("presence")
    .select("user_id")
    .where("user_id", "=", userId)
    .executeTakeFirst();
  return row !== undefined;
}
