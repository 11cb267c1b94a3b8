import { foldedWords } from "@tongdai/shared";
import { type Insertable, sql } from "kysely";
import { rowidList, walkHits } from "./hits.ts";
import { matchBeginning } from "./match.ts";
import { beyond, type Place } from "./place.ts";
import type { AuditRowT } from "./schema.ts";
import type { Queryable, Tx } from "./store.ts";

export const insertAudit = (tx: Tx, row: Insertable<AuditRowT>) =>
  tx.db.insertInto("audit").values(row).execute();

export interface AuditSearch {
  readonly words: readonly string[];
  /** `null`: nobody; left out: whoever it was. */
  readonly actorId?: string | null | undefined;
  readonly action?: string | undefined;
  readonly target?: string | undefined;
  readonly from?: number | undefined;
  readonly until?: number | undefined;
  readonly before?: Place | undefined;
  readonly limit: number;
}

export const wordsOf = (text: string | undefined): string[] => foldedWords(text ?? "");

/** Newest first. */
export function searchAudit(q: Queryable, s: AuditSearch): Promise<AuditRowT[]> {
  if (s.words.length > 0 && q.engine === "sqlite") return walk(q, s);
  let query = fitting(q, s).orderBy("at", "desc").orderBy("id", "desc").limit(s.limit);
  if (s.before) query = query.where(beyond(["at", "id"], "<", s.before));
  if (s.words.length > 0)
    query = query.where(sql<boolean>`fts @@ to_tsquery('simple', ${matchBeginning(q.engine, s.words)})`);
  return query.execute();
}

/** Rows grow with time, so the newest hit is the highest. */
async function walk(q: Queryable, s: AuditSearch): Promise<AuditRowT[]> {
  const narrow = [s.actorId, s.action, s.target, s.from].some((v) => v !== undefined);
  return walkHits(
    q,
    {
      index: "audit_fts",
      match: matchBeginning(q.engine, s.words),
      below: await below(q, s),
      limit: s.limit,
      all: !narrow,
    },
    (rowids, limit) =>
      fitting(q, s)
        .where(sql<boolean>`rowid in ${rowidList(rowids)}`)
        .orderBy(sql`rowid`, "desc")
        .limit(limit)
        .execute(),
  );
}

/** The rowid above the newest row wanted. */
async function below(q: Queryable, s: AuditSearch): Promise<number> {
  const rows = q.db.selectFrom("audit").select(sql<number>`rowid`.as("rowid"));
  const ends = [
    await rows.orderBy(sql`rowid`, "desc").limit(1).executeTakeFirst(),
    s.before && (await rows.where("id", "=", s.before.id).executeTakeFirst()),
    s.until !== undefined &&
      (await rows.where("at", ">=", s.until).orderBy("at").orderBy("id").limit(1).executeTakeFirst()),
  ];
  const [newest, ...others] = ends;
  return Math.min((newest ? newest.rowid : 0) + 1, ...others.flatMap((end) => (end ? [end.rowid] : [])));
}

function fitting(q: Queryable, s: AuditSearch) {
  let query = q.db
    .selectFrom("audit")
    .select(["id", "at", "actor_id", "address", "action", "target", "detail", "folded"]);
  if (s.actorId !== undefined) query = query.where("actor_id", s.actorId === null ? "is" : "=", s.actorId);
  if (s.action !== undefined) query = query.where("action", "=", s.action);
  if (s.target !== undefined) query = query.where("target", "=", s.target);
  if (s.from !== undefined) query = query.where("at", ">=", s.from);
  if (s.until !== undefined) query = query.where("at", "<", s.until);
  return query;
}
