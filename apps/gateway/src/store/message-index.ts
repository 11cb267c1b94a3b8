import { foldedWords } from "@tongdai/shared";
import { sql } from "kysely";
import { rowidList } from "./hits.ts";
import { endsInBeginning } from "./match.ts";
import type { Queryable, Tx } from "./store.ts";

/*
 * SQLite: the full-text index follows the messages in steps, because indexing many at once takes a fifteenth of the time.
 * `message_index` says how far it has come; what lies beyond is read row by row, so a search misses nothing.
 */

/** Messages in a step: bounds what a search reads row by row, and how long a step holds other writers. */
export const INDEX_STEP = 128;

/** Takes the next step. Returns whether there may be more. */
export async function indexMessages(tx: Tx): Promise<boolean> {
  const from = await reach(tx);
  const { rows } = await sql<{ upto: number | null; count: number }>`
    select max(rowid) as upto, count(*) as count
    from (select rowid from message where rowid > ${from} order by rowid limit ${INDEX_STEP})`.execute(tx.db);
  const { upto = null, count = 0 } = rows[0] ?? {};
  if (upto === null) return false;
  await sql`insert into message_fts (rowid, folded) select rowid, folded from message
    where rowid > ${from} and rowid <= ${upto} and folded <> ''`.execute(tx.db);
  await sql`update message_index set upto = ${upto}`.execute(tx.db);
  return count === INDEX_STEP;
}

export interface Beyond {
  /** The last rowid that is in the index. */
  readonly reach: number;
  /** Hits beyond it, newest first. */
  readonly rowids: readonly number[];
}

export async function hitsBeyondIndex(
  q: Queryable,
  words: readonly string[],
  below: number,
): Promise<Beyond> {
  const from = await reach(q);
  const { rows } = await sql<{ rowid: number; folded: string }>`
    select rowid, folded from message where rowid > ${from} and rowid < ${below} order by rowid desc`.execute(
    q.db,
  );
  return { reach: from, rowids: rows.filter((r) => holds(r.folded, words)).map((r) => r.rowid) };
}

/** Those of these messages that hold the words, newest first. */
export async function holding(
  q: Queryable,
  rowids: readonly number[],
  words: readonly string[],
): Promise<number[]> {
  const { rows } = await sql<{ rowid: number; folded: string }>`
    select rowid, folded from message where rowid in ${rowidList(rowids)} order by rowid desc`.execute(q.db);
  return rows.filter((r) => holds(r.folded, words)).map((r) => r.rowid);
}

function holds(folded: string, words: readonly string[]): boolean {
  const there = new Set(foldedWords(folded));
  const last = words.at(-1) ?? "";
  return words.every(
    (w) => there.has(w) || (w === last && endsInBeginning(words) && [...there].some((t) => t.startsWith(w))),
  );
}

async function reach(q: Queryable): Promise<number> {
  const { rows } = await sql<{ upto: number }>`select upto from message_index`.execute(q.db);
  return rows[0]?.upto ?? 0;
}
