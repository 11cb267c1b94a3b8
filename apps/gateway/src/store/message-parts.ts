import type { Tx } from "./store.ts";

/** A part of a long text that a customer sent. */
export interface PartRow {
  account_id: string;
  /** The customer's address. */
  sender: string;
  /** The sender's own number for the whole text. */
  reference: number;
  total: number;
  /** From 1. */
  number: number;
  /** JSON. */
  text: string;
  received_at: number;
  /** 1: the message stands in its conversation. */
  shown: number;
}

type Set = Pick<PartRow, "account_id" | "sender" | "reference" | "total">;

export const partsOf = (tx: Tx, set: Set): Promise<PartRow[]> =>
  tx.db
    .selectFrom("message_part")
    .selectAll()
    .where((e) => e.and(keyOf(set)))
    .orderBy("number")
    .execute();

export const insertPart = (tx: Tx, row: PartRow) => tx.db.insertInto("message_part").values(row).execute();

export const showParts = (tx: Tx, set: Set) =>
  tx.db
    .updateTable("message_part")
    .set({ shown: 1 })
    .where((e) => e.and(keyOf(set)))
    .execute();

export async function removeParts(tx: Tx, set: Set): Promise<void> {
  await tx.db
    .deleteFrom("message_part")
    .where((e) => e.and(keyOf(set)))
    .execute();
}

const keyOf = ({ account_id, sender, reference, total }: Set) => ({ account_id, sender, reference, total });
