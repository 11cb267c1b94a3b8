import { sql } from "kysely";
import { breathe } from "./breathe.ts";
import type { Queryable } from "./store.ts";

/** Hits looked at before others have their turn, and rows passed over in search of them: fewer while it takes long. */
const MOST = 1_000;
const SPAN = 100_000;
const QUICK_MS = 2;
const SLOW_MS = 6;

export interface Hits {
  readonly index: "message_fts" | "customer_fts";
  readonly match: string;
  /** The rowid above the newest row wanted. */
  readonly below: number;
  readonly limit: number;
  /** Whether every hit is the reader's to see: the page's own size is enough to begin with. */
  readonly all: boolean;
}

/**
 * SQLite: rows of a full-text index from the newest hit down. A common word has hundreds of thousands of hits, of which few
 * may be the reader's to see: they are looked at in windows.
 * @param among those of these rows that are to be found, newest first
 */
export async function walkHits<R>(
  q: Queryable,
  h: Hits,
  among: (rowids: readonly number[], limit: number) => Promise<R[]>,
): Promise<R[]> {
  const found: R[] = [];
  let { below } = h;
  let span = SPAN;
  for (let most = h.all ? h.limit : MOST; below > 0 && found.length < h.limit; ) {
    const from = performance.now();
    const rowids = await hitsWithin(q, h, { below, above: below - span, most });
    if (rowids.length > 0) found.push(...(await among(rowids, h.limit - found.length)));
    below = rowids.length < most ? below - span : (rowids.at(-1) ?? 0);
    const pace = paceAfter(performance.now() - from);
    most = Math.min(Math.max(h.limit, Math.floor(most * pace)), MOST);
    span = Math.max(SPAN, span * pace);
    await breathe();
  }
  return found;
}

function paceAfter(tookMs: number): number {
  if (tookMs < QUICK_MS) return 2;
  return tookMs > SLOW_MS ? 0.5 : 1;
}

/** The driver binds numbers as reals, and the index can only seek to an integer: without the casts it reads all newer hits. */
async function hitsWithin(
  q: Queryable,
  { index, match }: Hits,
  { below, above, most }: { below: number; above: number; most: number },
): Promise<number[]> {
  const { rows } = await sql<{ rowid: number }>`
    select rowid from ${sql.table(index)} where ${sql.table(index)} match ${match}
    and rowid < cast(${below} as integer) and rowid >= cast(${above} as integer)
    order by rowid desc limit ${most}`.execute(q.db);
  return rows.map((r) => r.rowid);
}

/** The rowids as a list that a query may look into with `in`. */
export const rowidList = (rowids: readonly number[]) =>
  sql<number>`(select value from json_each(${JSON.stringify(rowids)}))`;
