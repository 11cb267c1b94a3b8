import type { Queryable, Tx } from "./store.ts";

export interface CredentialRow {
  account_id: string;
  /** What the vendor last gave, sealed; `null`: nothing yet. */
  sealed: string | null;
  /** Until then one process is asking for something newer. */
  lease_until: number;
}

export const credentialOf = (q: Queryable, accountId: string) =>
  q.db.selectFrom("credential").selectAll().where("account_id", "=", accountId).executeTakeFirst();

/** False when somebody else has it, or when what is kept is no longer `was`. */
export async function leaseCredential(
  tx: Tx,
  o: { accountId: string; was: string | null; now: number; until: number },
): Promise<boolean> {
  await tx.db
    .insertInto("credential")
    .values({ account_id: o.accountId, sealed: null, lease_until: 0 })
    .onConflict((c) => c.doNothing())
    .execute();
  const { numUpdatedRows } = await tx.db
    .updateTable("credential")
    .set({ lease_until: o.until })
    .where("account_id", "=", o.accountId)
    .where("sealed", o.was === null ? "is" : "=", o.was)
    .where("lease_until", "<=", o.now)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** Ends the lease. False, and nothing is kept, when what is kept is no longer `was`. */
export async function keepCredential(
  tx: Tx,
  o: { accountId: string; was: string | null; sealed: string | null },
): Promise<boolean> {
  const { numUpdatedRows } = await tx.db
    .updateTable("credential")
    .set({ sealed: o.sealed, lease_until: 0 })
    .where("account_id", "=", o.accountId)
    .where("sealed", o.was === null ? "is" : "=", o.was)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** Whatever was kept, this is what counts from now on. */
export const setCredential = (tx: Tx, accountId: string, sealed: string) =>
  tx.db
    .insertInto("credential")
    .values({ account_id: accountId, sealed, lease_until: 0 })
    .onConflict((c) => c.column("account_id").doUpdateSet({ sealed, lease_until: 0 }))
    .execute();
