import type { EventName } from "@tongdai/shared";
import type { Insertable, Kysely } from "kysely";
import type { Engine } from "./engine.ts";
import { prepared } from "./prepared.ts";
import type { JournalRow, Tables } from "./schema.ts";
import type { Entry, NewEntry, Tx } from "./store.ts";

/** A transaction that gathers its journal entries until the end, where numbers are given out. */
export interface BufferedTx extends Tx {
  readonly entries: NewEntry<EventName>[];
  readonly callbacks: (() => void)[];
}

export function bufferedTx(db: Kysely<Tables>, engine: Engine): BufferedTx {
  const entries: NewEntry<EventName>[] = [];
  const callbacks: (() => void)[] = [];
  return {
    db,
    engine,
    entries,
    callbacks,
    journal: (entry) => void entries.push(entry as NewEntry<EventName>),
    afterCommit: (run) => void callbacks.push(run),
  };
}

/** Writes the gathered entries and returns them with their numbers. */
export async function writeJournal(tx: BufferedTx): Promise<Entry[]> {
  if (tx.entries.length === 0) return [];
  const numbers = await (tx.engine === "sqlite" ? oneByOne(tx) : atOnce(tx));
  return tx.entries.map((e, i) => ({
    seq: numbers[i] ?? 0,
    at: e.at,
    name: e.name,
    actorId: e.actorId,
    scopes: e.scopes,
    data: e.data,
  }));
}

const insert = prepared((q, row: Insertable<JournalRow>) =>
  q.db.insertInto("journal").values(row).returning("seq"),
);

/** An embedded store has no round trip to save, and the statement is always the same one. */
async function oneByOne(tx: BufferedTx): Promise<number[]> {
  const numbers: number[] = [];
  for (const entry of tx.entries) numbers.push((await insert.first(tx, toRow(entry)))?.seq ?? 0);
  return numbers;
}

/** A statement takes at most 65535 parameters. */
const ROWS_AT_ONCE = 1_000;

async function atOnce(tx: BufferedTx): Promise<number[]> {
  const numbers: number[] = [];
  for (let from = 0; from < tx.entries.length; from += ROWS_AT_ONCE) {
    const values = tx.entries.slice(from, from + ROWS_AT_ONCE).map(toRow);
    const rows = await tx.db.insertInto("journal").values(values).returning("seq").execute();
    // PostgreSQL numbers a multi-row insert in the order of its values, but does not promise the order of `returning`.
    numbers.push(...rows.map((r) => r.seq).sort((a, b) => a - b));
  }
  return numbers;
}

const toRow = (e: NewEntry<EventName>): Insertable<JournalRow> => ({
  at: e.at,
  name: e.name,
  actor_id: e.actorId,
  scopes: JSON.stringify(e.scopes),
  data: JSON.stringify(e.data),
  customer_id: e.refs?.customerId ?? null,
  conversation_id: e.refs?.conversationId ?? null,
  interaction_id: e.refs?.interactionId ?? null,
  ticket_id: e.refs?.ticketId ?? null,
});
