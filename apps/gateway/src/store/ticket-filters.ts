import { prepared } from "./prepared.ts";
import type { Queryable, Tx } from "./store.ts";

export interface TicketFilterRow {
  id: string;
  user_id: string;
  name: string;
  query: string;
}

const ofUser = prepared((q, p: { userId: string }) =>
  q.db.selectFrom("ticket_filter").selectAll().where("user_id", "=", p.userId).orderBy("name"),
);

/** By name. */
export const filtersOf = (q: Queryable, userId: string): Promise<TicketFilterRow[]> =>
  ofUser.all(q, { userId });

export const filterById = (q: Queryable, id: string) =>
  q.db.selectFrom("ticket_filter").selectAll().where("id", "=", id).executeTakeFirst();

export const upsertFilter = (tx: Tx, row: TicketFilterRow) =>
  tx.db
    .insertInto("ticket_filter")
    .values(row)
    .onConflict((c) => c.column("id").doUpdateSet({ name: row.name, query: row.query }))
    .execute();

export const deleteFilter = (tx: Tx, id: string) =>
  tx.db.deleteFrom("ticket_filter").where("id", "=", id).execute();
