import type { Queryable, Tx } from "./store.ts";

/** Which process keeps an account's connection. */
export interface ConnectionRow {
  account_id: string;
  /** Of an instance. */
  holder: string;
  lease_until: number;
}

/** How far a source of an account has been kept. */
export interface PlaceRow {
  account_id: string;
  source: string;
  value: string;
}

/** Takes or renews the lease. False while another process has it. */
export async function leaseConnection(
  tx: Tx,
  o: { accountId: string; holder: string; now: number; until: number },
): Promise<boolean> {
  await tx.db
    .insertInto("connection")
    .values({ account_id: o.accountId, holder: o.holder, lease_until: 0 })
    .onConflict((c) => c.doNothing())
    .execute();
  const { numUpdatedRows } = await tx.db
    .updateTable("connection")
    .set({ holder: o.holder, lease_until: o.until })
    .where("account_id", "=", o.accountId)
    .where((e) => e.or([e("holder", "=", o.holder), e("lease_until", "<=", o.now)]))
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** Lets others have it at once. */
export const releaseConnection = (tx: Tx, accountId: string, holder: string) =>
  tx.db
    .updateTable("connection")
    .set({ lease_until: 0 })
    .where("account_id", "=", accountId)
    .where("holder", "=", holder)
    .execute();

/** At the start of the only process there is: whoever had a connection is dead. */
export async function expireConnections(tx: Tx): Promise<void> {
  if (tx.engine === "sqlite") await tx.db.updateTable("connection").set({ lease_until: 0 }).execute();
}

export async function placeOf(q: Queryable, accountId: string, source: string): Promise<string | null> {
  const row = await q.db
    .selectFrom("place")
    .select("value")
    .where("account_id", "=", accountId)
    .where("source", "=", source)
    .executeTakeFirst();
  return row?.value ?? null;
}

/** False when it stands elsewhere than `from`. */
export async function movePlace(
  tx: Tx,
  o: { accountId: string; source: string; from: string | null; to: string },
): Promise<boolean> {
  if (o.from === null) {
    const added = await tx.db
      .insertInto("place")
      .values({ account_id: o.accountId, source: o.source, value: o.to })
      .onConflict((c) => c.doNothing())
      .returning("value")
      .executeTakeFirst();
    return added !== undefined;
  }
  const { numUpdatedRows } = await tx.db
    .updateTable("place")
    .set({ value: o.to })
    .where("account_id", "=", o.accountId)
    .where("source", "=", o.source)
    .where("value", "=", o.from)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}
