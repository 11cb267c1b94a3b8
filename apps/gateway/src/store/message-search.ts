import { foldedWords } from "@tongdai/shared";
import { sql } from "kysely";
import { breathe } from "./breathe.ts";
import type { Place } from "./messages.ts";
import type { MessageRow } from "./schema.ts";
import type { Queryable } from "./store.ts";

export interface MessageSearch {
  readonly text: string;
  readonly userId: string;
  /** `null`: every queue. */
  readonly queueIds: readonly string[] | null;
  readonly before?: Place | undefined;
  readonly limit: number;
}

/** Newest first; every word must be there, the last one may be a beginning. Case and accents do not matter. */
export async function searchMessages(q: Queryable, s: MessageSearch): Promise<MessageRow[]> {
  const words = foldedWords(s.text);
  if (words.length === 0) return [];
  return q.engine === "sqlite" ? walk(q, s, words) : byTime(q, s, words);
}

/** Hits looked at before others have their turn: a few milliseconds. */
const WINDOW = 1_000;

/** From the newest hit down: a common word has hundreds of thousands, and few of them may be the reader's to see. */
async function walk(q: Queryable, s: MessageSearch, words: readonly string[]): Promise<MessageRow[]> {
  const match = words.map((w, i) => (i === words.length - 1 ? `"${w}"*` : `"${w}"`)).join(" ");
  const found: MessageRow[] = [];
  let below = s.before ? await rowidOf(q, s.before.id) : Number.MAX_SAFE_INTEGER;
  // Whoever may see everything finds the page among the first hits.
  for (let window = s.queueIds === null ? s.limit : WINDOW; found.length < s.limit; window = WINDOW) {
    const hits = await hitsBelow(q, match, { below, window });
    found.push(...(await seenAmong(q, s, hits)).slice(0, s.limit - found.length));
    if (hits.length < window) break;
    below = hits.at(-1) ?? 0;
    await breathe();
  }
  return found;
}

async function rowidOf(q: Queryable, id: string): Promise<number> {
  const row = await q.db
    .selectFrom("message")
    .select(sql<number>`rowid`.as("rowid"))
    .where("id", "=", id)
    .executeTakeFirst();
  return row?.rowid ?? 0;
}

async function hitsBelow(
  q: Queryable,
  match: string,
  { below, window }: { below: number; window: number },
): Promise<number[]> {
  const { rows } = await sql<{ rowid: number }>`
    select rowid from message_fts where message_fts match ${match} and rowid < ${below}
    order by rowid desc limit ${window}`.execute(q.db);
  return rows.map((r) => r.rowid);
}

const seenAmong = (q: Queryable, s: MessageSearch, rowids: readonly number[]): Promise<MessageRow[]> =>
  visible(q, s)
    .where(sql<boolean>`m.rowid in (select value from json_each(${JSON.stringify(rowids)}))`)
    .orderBy(sql`m.rowid`, "desc")
    .limit(s.limit)
    .execute();

function byTime(q: Queryable, s: MessageSearch, words: readonly string[]): Promise<MessageRow[]> {
  const tsquery = words.map((w, i) => (i === words.length - 1 ? `${w}:*` : w)).join(" & ");
  const query = visible(q, s)
    .where(sql<boolean>`m.fts @@ to_tsquery('simple', ${tsquery})`)
    .orderBy("m.at", "desc")
    .orderBy("m.id", "desc")
    .limit(s.limit);
  const { before } = s;
  if (!before) return query.execute();
  return query
    .where((e) =>
      e.or([e("m.at", "<", before.at), e.and([e("m.at", "=", before.at), e("m.id", "<", before.id)])]),
    )
    .execute();
}

function visible(q: Queryable, { queueIds, userId }: MessageSearch) {
  const query = q.db
    .selectFrom("message as m")
    .innerJoin("conversation as c", "c.id", "m.conversation_id")
    .selectAll("m");
  if (queueIds === null) return query;
  return query.where((e) =>
    e.or([
      queueIds.length > 0 ? e("c.queue_id", "in", queueIds) : e.lit(false),
      e("c.owner_id", "=", userId),
    ]),
  );
}
