import { foldedWords } from "@tongdai/shared";
import { sql } from "kysely";
import { rowidList, walkHits } from "./hits.ts";
import { matchBeginning } from "./match.ts";
import { hitsBeyondIndex, holding } from "./message-index.ts";
import { beyond, type Place } from "./place.ts";
import type { MessageRow } from "./schema.ts";
import { inSight, type Sight } from "./sight.ts";
import type { Queryable } from "./store.ts";

export interface MessageSearch {
  readonly text: string;
  readonly sight: Sight;
  readonly before?: Place | undefined;
  readonly limit: number;
}

/** Newest first; every word must be there, the last one may be a beginning. Case and accents do not matter. */
export async function searchMessages(q: Queryable, s: MessageSearch): Promise<MessageRow[]> {
  const words = foldedWords(s.text);
  if (words.length === 0) return [];
  return q.engine === "sqlite" ? walk(q, s, words) : byTime(q, s, words);
}

async function walk(q: Queryable, s: MessageSearch, words: readonly string[]): Promise<MessageRow[]> {
  const below = s.before ? await rowidOf(q, s.before.id) : Number.MAX_SAFE_INTEGER;
  const seen = (rowids: readonly number[], limit: number) =>
    visible(q, s)
      .where(sql<boolean>`m.rowid in ${rowidList(rowids)}`)
      .orderBy(sql`m.rowid`, "desc")
      .limit(limit)
      .execute();
  const own = s.sight.queueIds?.length === 0 ? await fewRowids(q, s.sight.userId, below) : null;
  if (own) return seen(await holding(q, own, words), s.limit);
  const { reach, rowids } = await hitsBeyondIndex(q, words, below);
  const newest = rowids.length > 0 ? await seen(rowids, s.limit) : [];
  if (newest.length === s.limit) return newest;
  const hits = {
    index: "message_fts",
    match: matchBeginning(q.engine, words),
    below: Math.min(below, reach + 1),
    limit: s.limit - newest.length,
    all: s.sight.queueIds === null,
  } as const;
  return [...newest, ...(await walkHits(q, hits, seen))];
}

/** Messages that are read one by one: quicker than to pass over everybody's hits. */
const FEW = 1_000;

/** Every message of a user's own conversations, newest first; `null`: they are not few. */
async function fewRowids(q: Queryable, userId: string, below: number): Promise<number[] | null> {
  const rows = await q.db
    .selectFrom("conversation as c")
    .innerJoin("message as m", "m.conversation_id", "c.id")
    .select(sql<number>`m.rowid`.as("rowid"))
    .where("c.owner_id", "=", userId)
    .where(sql<boolean>`m.rowid < ${below}`)
    .orderBy(sql`m.rowid`, "desc")
    .limit(FEW + 1)
    .execute();
  return rows.length > FEW ? null : rows.map((r) => r.rowid);
}

async function rowidOf(q: Queryable, id: string): Promise<number> {
  const row = await q.db
    .selectFrom("message")
    .select(sql<number>`rowid`.as("rowid"))
    .where("id", "=", id)
    .executeTakeFirst();
  return row?.rowid ?? 0;
}

function byTime(q: Queryable, s: MessageSearch, words: readonly string[]): Promise<MessageRow[]> {
  let query = visible(q, s)
    .where(sql<boolean>`m.fts @@ to_tsquery('simple', ${matchBeginning(q.engine, words)})`)
    .orderBy("m.at", "desc")
    .orderBy("m.id", "desc")
    .limit(s.limit);
  if (s.before) query = query.where(beyond(["m.at", "m.id"], "<", s.before));
  return query.execute();
}

const visible = (q: Queryable, s: MessageSearch) =>
  q.db
    .selectFrom("message as m")
    .innerJoin("conversation as c", "c.id", "m.conversation_id")
    .selectAll("m")
    .where(inSight("c", s.sight));
