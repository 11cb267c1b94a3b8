import { sql } from "kysely";
import { breathe } from "./breathe.ts";
import type { Queryable } from "./store.ts";

/** Hits looked at before others have their turn: a few milliseconds. */
const MOST = 1_000;
const GROWTH = 8;

export interface Hits {
  readonly index: "message_fts" | "customer_fts";
  readonly match: string;
  /** The rowid above the newest hit wanted. */
  readonly below: number;
  readonly limit: number;
}

/**
 * SQLite: rows of a full-text index from the newest hit down. A common word has hundreds of thousands of hits, of which few
 * may be the reader's to see: they are looked at in windows that grow from the page's own size.
 * @param among those of these rows that are to be found, newest first
 */
export async function walkHits<R>(
  q: Queryable,
  h: Hits,
  among: (rowids: readonly number[], limit: number) => Promise<R[]>,
): Promise<R[]> {
  const found: R[] = [];
  let { below } = h;
  for (let window = h.limit; found.length < h.limit; window = Math.min(window * GROWTH, MOST)) {
    const rowids = await hitsBelow(q, h, { below, window });
    if (rowids.length > 0) found.push(...(await among(rowids, h.limit - found.length)));
    if (rowids.length < window) break;
    below = rowids.at(-1) ?? 0;
    await breathe();
  }
  return found;
}

/** The driver binds numbers as reals, and the index can only seek to an integer: without the cast it reads all newer hits. */
async function hitsBelow(
  q: Queryable,
  { index, match }: Hits,
  { below, window }: { below: number; window: number },
): Promise<number[]> {
  const { rows } = await sql<{ rowid: number }>`
    select rowid from ${sql.table(index)} where ${sql.table(index)} match ${match}
    and rowid < cast(${below} as integer) order by rowid desc limit ${window}`.execute(q.db);
  return rows.map((r) => r.rowid);
}

/** The rowids as a list that a query may look into with `in`. */
export const rowidList = (rowids: readonly number[]) =>
  sql<number>`(select value from json_each(${JSON.stringify(rowids)}))`;
