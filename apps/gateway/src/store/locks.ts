import { sql } from "kysely";
import type { Queryable, Tx } from "./store.ts";

/**
 * Whether a row that is read must be locked so that a change computed from it is not lost: inside a transaction on
 * PostgreSQL. SQLite has one writer at a time.
 */
export const locks = (q: Queryable): boolean => q.engine === "postgres" && "afterCommit" in q;

/**
 * Keeps an address that has no conversation for this transaction. Returns whether somebody else may have changed that until
 * now, so that what was read before must be read again.
 */
export async function holdAddress(tx: Tx, accountId: string, externalId: string): Promise<boolean> {
  if (!locks(tx)) return false;
  await holdThing(tx, `${accountId} ${externalId}`);
  return true;
}

/** Keeps what goes by this name for this transaction: what is read of it from here on stays so. */
export async function holdThing(tx: Tx, name: string): Promise<void> {
  if (!locks(tx)) return;
  await sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`.execute(tx.db);
}
