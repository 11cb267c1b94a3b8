import { type Insertable, type SelectQueryBuilder, sql, type Updateable } from "kysely";
import { breathe, WINDOW } from "./breathe.ts";
import { rowidList, walkHits } from "./hits.ts";
import { matchBeginning, matchWhole } from "./match.ts";
import { prepared } from "./prepared.ts";
import type { CustomerRow, IdentityRow, Tables } from "./schema.ts";
import { addressOf } from "./sessions.ts";
import { inSight, type Sight } from "./sight.ts";
import type { Queryable, Tx } from "./store.ts";

export const customerById = (q: Queryable, id: string) =>
  q.db.selectFrom("customer").selectAll().where("id", "=", id).executeTakeFirst();

/** Reads a customer and keeps others from changing it until the commit. Setting a column to itself locks on both engines. */
export const lockCustomer = (tx: Tx, id: string) =>
  tx.db
    .updateTable("customer")
    .set((e) => ({ version: e.ref("version") }))
    .where("id", "=", id)
    .returningAll()
    .executeTakeFirst();

export const identityById = (q: Queryable, id: string) =>
  q.db.selectFrom("identity").selectAll().where("id", "=", id).executeTakeFirst();

const byExternalId = prepared((q, p: { accountId: string; externalId: string }) =>
  q.db
    .selectFrom("identity")
    .selectAll()
    .where("account_id", "=", p.accountId)
    .where("external_id", "=", p.externalId),
);

export const identityByExternalId = (q: Queryable, accountId: string, externalId: string) =>
  byExternalId.first(q, { accountId, externalId });

/** The oldest first. */
export const identitiesOf = (q: Queryable, customerIds: readonly string[]): Promise<IdentityRow[]> =>
  customerIds.length === 0
    ? Promise.resolve([])
    : q.db.selectFrom("identity").selectAll().where("customer_id", "in", customerIds).orderBy("id").execute();

const newCustomer = prepared((q, row: Insertable<CustomerRow>) => q.db.insertInto("customer").values(row));

export const insertCustomer = (tx: Tx, row: Insertable<CustomerRow>) => newCustomer.run(tx, row);

/** For a customer that nothing refers to. */
export const deleteCustomer = (tx: Tx, id: string) =>
  tx.db.deleteFrom("customer").where("id", "=", id).execute();

const newIdentity = prepared((q, row: Insertable<IdentityRow>) =>
  q.db
    .insertInto("identity")
    .values(row)
    .onConflict((c) => c.columns(["account_id", "external_id"]).doNothing())
    .returning("id"),
);

/** False, and nothing is written, when the account knows this address already: another gateway was quicker. */
export const insertIdentity = async (tx: Tx, row: Insertable<IdentityRow>): Promise<boolean> =>
  (await newIdentity.first(tx, row)) !== undefined;

const optedOut = prepared((q, p: { channel: string; externalId: string }) =>
  q.db
    .selectFrom("identity")
    .select("opted_out_at")
    .where("channel", "=", p.channel)
    .where("external_id", "=", p.externalId)
    .where("opted_out_at", "is not", null)
    .limit(1),
);

/** Since when nothing is wanted at an address of a channel, on whichever of its accounts it was said. */
export const optedOutAt = async (q: Queryable, channel: string, externalId: string): Promise<number | null> =>
  (await optedOut.first(q, { channel, externalId }))?.opted_out_at ?? null;

/** Whether they asked for no more at this address, by whatever channel. */
export async function isOptedOutAnywhere(q: Queryable, externalId: string): Promise<boolean> {
  const row = await q.db
    .selectFrom("identity")
    .select("id")
    .where("external_id", "=", externalId)
    .where("opted_out_at", "is not", null)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** Notes at every account of the channel what was said at one. @returns the accounts at which that is new */
export async function setOptedOut(
  tx: Tx,
  o: { channel: string; externalId: string; at: number | null },
): Promise<string[]> {
  const rows = await tx.db
    .updateTable("identity")
    .set({ opted_out_at: o.at })
    .where("channel", "=", o.channel)
    .where("external_id", "=", o.externalId)
    .where("opted_out_at", o.at === null ? "is not" : "is", null)
    .returning("account_id")
    .execute();
  return rows.map((row) => row.account_id);
}

export const updateIdentity = (tx: Tx, id: string, change: Updateable<IdentityRow>) =>
  tx.db.updateTable("identity").set(change).where("id", "=", id).execute();

/** Where the customer's conversations are and who owns the tickets: who is told of a change. */
export async function placesOfCustomer(q: Queryable, customerId: string) {
  const conversations = await q.db
    .selectFrom("conversation")
    .select(["queue_id", "owner_id"])
    .distinct()
    .where("customer_id", "=", customerId)
    .execute();
  const tickets = await q.db
    .selectFrom("ticket")
    .select("owner_id")
    .distinct()
    .where("customer_id", "=", customerId)
    .where("owner_id", "is not", null)
    .execute();
  return {
    queueIds: conversations.map((c) => c.queue_id),
    ownerIds: [...conversations, ...tickets].flatMap((r) => r.owner_id ?? []),
  };
}

type FromCustomer<O> = SelectQueryBuilder<Tables & { c: CustomerRow }, "c", O>;

/** Customers with a conversation that the user may see, or with a ticket of the user's own. */
function seen<O>(query: FromCustomer<O>, sight: Sight): FromCustomer<O> {
  if (sight.queueIds === null) return query;
  return query.where((e) =>
    e.or([
      e.exists(
        e
          .selectFrom("conversation as v")
          .select("v.id")
          .whereRef("v.customer_id", "=", "c.id")
          .where(inSight("v", sight)),
      ),
      e.exists(
        e
          .selectFrom("ticket as t")
          .select("t.id")
          .whereRef("t.customer_id", "=", "c.id")
          .where("t.owner_id", "=", sight.userId),
      ),
    ]),
  );
}

const customers = (q: Queryable) =>
  q.db.selectFrom("customer as c").selectAll("c").where("c.linked_to", "is", null);

export const visibleCustomer = (q: Queryable, id: string, sight: Sight) =>
  seen(customers(q), sight).where("c.id", "=", id).executeTakeFirst();

export interface CustomerSearch {
  /** Each must be there, the last one may be a beginning; none: every customer. */
  readonly words: readonly string[];
  /** Or, instead of the words, this one whole word or an identity with one of these addresses. */
  readonly exact: { readonly word: string | null; readonly externalIds: readonly string[] } | null;
  readonly sight: Sight;
  /** The last customer of the page before. */
  readonly after?: string | undefined;
  readonly limit: number;
}

/** Newest first. */
export function searchCustomers(q: Queryable, s: CustomerSearch): Promise<CustomerRow[]> {
  if (s.exact) return byAddress(q, s, s.exact);
  if (q.engine === "sqlite") return s.words.length > 0 ? byWords(q, s) : walk(q, s);
  let query = seen(customers(q), s.sight).orderBy("c.id", "desc").limit(s.limit);
  if (s.words.length > 0) query = query.where(matches(q, matchBeginning(q.engine, s.words)));
  if (s.after) query = query.where("c.id", "<", s.after);
  return query.execute();
}

const byWords = async (q: Queryable, s: CustomerSearch): Promise<CustomerRow[]> =>
  walkHits(
    q,
    {
      index: "customer_fts",
      match: matchBeginning(q.engine, s.words),
      below: await rowidAbove(q, s.after),
      limit: s.limit,
      all: s.sight.queueIds === null,
    },
    (rowids, limit) =>
      newest(q, s, limit)
        .where(sql<boolean>`c.rowid in ${rowidList(rowids)}`)
        .execute(),
  );

/** Everybody, from the newest row down, in windows: whoever may see few would else hold the process for all of them. */
async function walk(q: Queryable, s: CustomerSearch): Promise<CustomerRow[]> {
  const found: CustomerRow[] = [];
  let top = await rowidAbove(q, s.after);
  while (top > 1 && found.length < s.limit) {
    // Whoever may see everybody passes over nobody: the page's own limit ends the look.
    const bottom = s.sight.queueIds === null ? 0 : top - WINDOW;
    const rows = newest(q, s, s.limit - found.length).where(
      sql<boolean>`c.rowid < ${top} and c.rowid >= ${bottom}`,
    );
    found.push(...(await rows.execute()));
    top = bottom;
    await breathe();
  }
  return found;
}

const newest = (q: Queryable, s: CustomerSearch, limit: number) =>
  seen(customers(q), s.sight).orderBy(sql`c.rowid`, "desc").limit(limit);

async function rowidAbove(q: Queryable, after: string | undefined): Promise<number> {
  const row = await q.db
    .selectFrom("customer")
    .select(after ? sql<number>`rowid`.as("top") : sql<number | null>`max(rowid) + 1`.as("top"))
    .$if(after !== undefined, (query) => query.where("id", "=", after ?? ""))
    .executeTakeFirst();
  return row?.top ?? 0;
}

/** An address has few owners, so that gathering them first is cheap. */
function byAddress(
  q: Queryable,
  s: CustomerSearch,
  { word, externalIds }: NonNullable<CustomerSearch["exact"]>,
): Promise<CustomerRow[]> {
  let query = seen(customers(q), s.sight)
    .where((e) =>
      e.or([
        e(
          "c.id",
          "in",
          e.selectFrom("identity as d").select("d.customer_id").where("d.external_id", "in", externalIds),
        ),
        ...(word === null ? [] : [matches(q, matchWhole(q.engine, [word]))]),
        ...(s.words.length === 0 ? [] : [matches(q, matchBeginning(q.engine, s.words))]),
      ]),
    )
    .orderBy("c.id", "desc")
    .limit(s.limit);
  if (s.after) query = query.where("c.id", "<", s.after);
  return query.execute();
}

const matches = (q: Queryable, match: string) =>
  q.engine === "sqlite"
    ? sql<boolean>`c.rowid in (select rowid from customer_fts where customer_fts match ${match})`
    : sql<boolean>`c.fts @@ to_tsquery('simple', ${match})`;

export async function customerNames(q: Queryable, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await q.db.selectFrom("customer").select(["id", "name"]).where("id", "in", ids).execute();
  return new Map(rows.map(({ id, name }) => [id, name]));
}

export interface Revealed {
  readonly userId: string;
  readonly sessionId: string;
  readonly at: number;
  /** A look noted after this time needs no second note. */
  readonly since: number;
  /** The id is the same for two looks of one hour: of two gateways that both found no note only one writes it. */
  readonly looks: readonly { readonly id: string; readonly customerId: string }[];
}

/** Notes in the audit that a user saw these customers' addresses unmasked. */
export async function insertRevealed(
  tx: Tx,
  { userId, sessionId, at, since, looks }: Revealed,
): Promise<void> {
  const known = await revealedSince(tx, userId, since);
  const address = await addressOf(tx, sessionId);
  const folded = `${REVEALED} ${address ?? ""}`;
  const act = { at, actor_id: userId, address, action: REVEALED, detail: "{}", folded };
  const rows = looks
    .filter((l) => !known.has(l.customerId))
    .map((l) => ({ ...act, id: l.id, target: l.customerId }));
  if (rows.length === 0) return;
  await tx.db
    .insertInto("audit")
    .values(rows)
    .onConflict((c) => c.column("id").doNothing())
    .execute();
}

/** The customers whose addresses this user saw after a time. */
export async function revealedSince(q: Queryable, userId: string, since: number): Promise<Set<string>> {
  const rows = await q.db
    .selectFrom("audit")
    .select("target")
    .where("at", ">", since)
    .where("action", "=", REVEALED)
    .where("actor_id", "=", userId)
    .execute();
  return new Set(rows.map((r) => r.target));
}

const REVEALED = "customer.revealed";
