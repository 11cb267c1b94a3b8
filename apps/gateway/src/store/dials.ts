import type { Insertable } from "kysely";
import type { DialRow } from "./schema-records.ts";
import type { Queryable, Tx } from "./store.ts";

export const insertDial = (tx: Tx, row: Insertable<DialRow>) =>
  tx.db.insertInto("dial").values(row).execute();

export const dialById = (q: Queryable, id: string): Promise<DialRow | undefined> =>
  q.db.selectFrom("dial").selectAll().where("id", "=", id).executeTakeFirst();

export const dialByClientId = (q: Queryable, clientId: string): Promise<DialRow | undefined> =>
  q.db.selectFrom("dial").selectAll().where("client_id", "=", clientId).executeTakeFirst();

/** Says which call it became. False when it is one already. */
export async function takeDial(tx: Tx, { id, callId }: { id: string; callId: string }): Promise<boolean> {
  const taken = await tx.db
    .updateTable("dial")
    .set({ call_id: callId })
    .where("id", "=", id)
    .where("call_id", "is", null)
    .executeTakeFirst();
  return taken.numUpdatedRows === 1n;
}

/** How many were allowed since then. @param o.userId absent: of all */
export async function countDials(q: Queryable, o: { since: number; userId?: string }): Promise<number> {
  let query = q.db
    .selectFrom("dial")
    .select((e) => e.fn.countAll<number>().as("n"))
    .where("at", ">=", o.since);
  if (o.userId !== undefined) query = query.where("user_id", "=", o.userId);
  return Number((await query.executeTakeFirstOrThrow()).n);
}

/** When a number was last called to advertise. */
export async function lastAdvertised(q: Queryable, number: string): Promise<number | null> {
  const row = await q.db
    .selectFrom("dial")
    .select("at")
    .where("number", "=", number)
    .where("purpose", "=", "advertising")
    .orderBy("at", "desc")
    .limit(1)
    .executeTakeFirst();
  return row?.at ?? null;
}

/** Whom somebody asked to call, newest first. */
export const dialsOf = (q: Queryable, userId: string, limit: number): Promise<DialRow[]> =>
  q.db
    .selectFrom("dial")
    .selectAll()
    .where("user_id", "=", userId)
    .orderBy("at", "desc")
    .orderBy("id", "desc")
    .limit(limit)
    .execute();
