import type { ClueKind, ClueSource } from "@tongdai/shared";
import { prepared } from "./prepared.ts";
import type { Queryable, Tx } from "./store.ts";

/** Something by which a customer may be known again. */
export interface ClueRow {
  /** The customer as it was made: see `identity.home_id`. */
  home_id: string;
  kind: string;
  /** Written in one way. */
  value: string;
  source: string;
  /** 1: it is theirs for certain. */
  proven: number;
  at: number;
}

export interface Clue {
  readonly homeId: string;
  readonly kind: ClueKind;
  readonly value: string;
  readonly source: ClueSource;
  readonly proven: boolean;
  readonly at: number;
}

const insert = prepared((q, row: ClueRow) =>
  q.db
    .insertInto("clue")
    .values(row)
    .onConflict((c) =>
      c
        .columns(["home_id", "kind", "value"])
        .doUpdateSet((e) => ({ proven: e.ref("excluded.proven"), source: e.ref("excluded.source") }))
        .whereRef("excluded.proven", ">", "clue.proven"),
    )
    .returning("home_id"),
);

/** False when as much is known already; what is proven takes the place of what is not. */
export async function insertClue(tx: Tx, { homeId, proven, ...rest }: Clue): Promise<boolean> {
  return (await insert.first(tx, { ...rest, home_id: homeId, proven: proven ? 1 : 0 })) !== undefined;
}

/** What people wrote on a customer's card is no longer there, or something else. */
export const deleteCardClues = (tx: Tx, homeId: string) =>
  tx.db.deleteFrom("clue").where("home_id", "=", homeId).where("source", "=", "card").execute();

export const cluesOf = (q: Queryable, homeIds: readonly string[], limit: number): Promise<ClueRow[]> =>
  q.db
    .selectFrom("clue")
    .selectAll()
    .where("home_id", "in", homeIds)
    .orderBy("proven", "desc")
    .orderBy("at", "desc")
    .limit(limit)
    .execute();

/** The same of others, with who has the card that they are shown on. */
export const sharersOf = (
  q: Queryable,
  o: { clue: Pick<ClueRow, "kind" | "value">; except: readonly string[]; limit: number },
) =>
  q.db
    .selectFrom("clue as k")
    .innerJoin("customer as c", "c.id", "k.home_id")
    .select((e) => ["k.home_id", "k.source", "k.proven", e.fn.coalesce("c.linked_to", "c.id").as("card_id")])
    .where("k.kind", "=", o.clue.kind)
    .where("k.value", "=", o.clue.value)
    .where("k.home_id", "not in", o.except)
    .limit(o.limit)
    .execute();

const pairs = (ones: readonly string[], others: readonly string[]) =>
  ones.flatMap((a) => others.map((b) => (a < b ? { one_id: a, other_id: b } : { one_id: b, other_id: a })));

/** Somebody has said that these are not those. */
export async function setApart(tx: Tx, ones: readonly string[], others: readonly string[]): Promise<void> {
  await tx.db
    .insertInto("apart")
    .values(pairs(ones, others))
    .onConflict((c) => c.columns(["one_id", "other_id"]).doNothing())
    .execute();
}

export async function unsetApart(tx: Tx, ones: readonly string[], others: readonly string[]): Promise<void> {
  for (const { one_id, other_id } of pairs(ones, others))
    await tx.db.deleteFrom("apart").where("one_id", "=", one_id).where("other_id", "=", other_id).execute();
}

/** Of whom somebody has said that they are none of these. */
export async function apartFrom(q: Queryable, ids: readonly string[]): Promise<Set<string>> {
  const rows = await q.db
    .selectFrom("apart")
    .selectAll()
    .where((e) => e.or([e("one_id", "in", ids), e("other_id", "in", ids)]))
    .execute();
  return new Set(rows.flatMap((r) => [r.one_id, r.other_id]).filter((id) => !ids.includes(id)));
}
