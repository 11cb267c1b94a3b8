import { sql } from "kysely";
import { breathe } from "./breathe.ts";
import type { Queryable } from "./store.ts";

/** What is looked at before others have their turn: hits, and rows passed over in search of them. */
export interface Stretch {
  readonly most: number;
  readonly span: number;
}

/** To begin a search costs as much as to pass over tens of thousands of rows, so shorter stretches would only take longer. */
const LEAST: Stretch = { most: 100, span: 20_000 };
const FIRST: Stretch = { most: 500, span: 50_000 };
/** Words may be rare down to some row and common below it: what was quick to pass over says little of the next. */
const GREATEST: Stretch = { most: 1_000, span: 100_000 };
const WANTED_MS = 3;

export interface Hits {
  readonly index: "message_fts" | "customer_fts" | "audit_fts";
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
  let stretch = h.all ? { ...FIRST, most: h.limit } : FIRST;
  while (below > 0 && found.length < h.limit) {
    const { most, span } = stretch;
    const [rowids, findMs] = await timed(() => hitsWithin(q, h, { below, above: below - span, most }));
    const [seen, lookMs] =
      rowids.length > 0 ? await timed(() => among(rowids, h.limit - found.length)) : [[], 0];
    found.push(...seen);
    below = rowids.length < most ? below - span : (rowids.at(-1) ?? 0);
    stretch = nextStretch(stretch, Math.max(findMs, lookMs));
  }
  return found;
}

/** A stretch: what it gives, and how long it held all others. */
async function timed<T>(work: () => Promise<T>): Promise<[T, number]> {
  const from = performance.now();
  const result = await work();
  const tookMs = performance.now() - from;
  await breathe();
  return [result, tookMs];
}

export function nextStretch({ most, span }: Stretch, tookMs: number): Stretch {
  const pace = Math.min(WANTED_MS / tookMs, 2);
  return {
    most: within(most * pace, LEAST.most, GREATEST.most),
    span: within(span * pace, LEAST.span, GREATEST.span),
  };
}

const within = (value: number, least: number, greatest: number): number =>
  Math.floor(Math.min(Math.max(value, least), greatest));

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
