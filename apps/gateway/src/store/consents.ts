import type { Tx } from "./store.ts";

/** Somebody is at the vendor's page to give us permission for an account. */
export interface ConsentRow {
  /** Of the word that the vendor brings back. */
  state_hash: string;
  account_id: string;
  user_id: string;
  session_id: string;
  /** The PKCE verifier, sealed. */
  verifier: string;
  expires_at: number;
}

/** Begins an attempt. Those of the account that are over go. */
export async function insertConsent(tx: Tx, row: ConsentRow, now: number): Promise<void> {
  await tx.db.deleteFrom("consent").where("expires_at", "<=", now).execute();
  await tx.db.insertInto("consent").values(row).execute();
}

/** An attempt is good for one answer: whoever gets it has it alone. */
export const takeConsent = (tx: Tx, stateHash: string) =>
  tx.db.deleteFrom("consent").where("state_hash", "=", stateHash).returningAll().executeTakeFirst();
