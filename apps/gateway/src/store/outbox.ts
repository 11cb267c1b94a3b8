import { type Insertable, sql, type Updateable } from "kysely";
import { prepared } from "./prepared.ts";
import type { OutboxRow } from "./schema.ts";
import type { Queryable, Tx } from "./store.ts";

const insert = prepared((q, row: Insertable<OutboxRow>) => q.db.insertInto("outbox").values(row));

export const insertOutbox = (tx: Tx, row: Insertable<OutboxRow>) => insert.run(tx, row);

export interface DueOutbox {
  readonly now: number;
  readonly limit: number;
  readonly kinds: readonly string[];
  /** Accounts of which none may leave at the moment. */
  readonly resting: readonly string[];
}

/**
 * Rows that may leave now: ready, due, and first in their lane. Oldest first. The state is kept from the index over it: with it
 * SQLite would look into the lane of each row that waits and sort them all, which is 60 times as long for a queue of 10,000.
 */
export const dueOutbox = (q: Queryable, o: DueOutbox): Promise<OutboxRow[]> =>
  q.db
    .selectFrom("outbox as o")
    .selectAll("o")
    .where(sql<string>`o.state || ''`, "=", "ready")
    .where("o.next_at", "<=", o.now)
    .where("o.kind", "in", o.kinds)
    .$if(o.resting.length > 0, (rows) => rows.where("o.account_id", "not in", o.resting))
    .where((e) =>
      e.not(
        e.exists(
          e
            .selectFrom("outbox as p")
            .select(sql`1`.as("one"))
            .whereRef("p.lane", "=", "o.lane")
            .whereRef("p.id", "<", "o.id"),
        ),
      ),
    )
    .orderBy("o.id")
    .limit(o.limit)
    .execute();

/** When the next row that is not due yet will be; null: there is none. */
export async function nextOutboxAt(q: Queryable, now: number): Promise<number | null> {
  const row = await q.db
    .selectFrom("outbox")
    .select((e) => e.fn.min("next_at").as("at"))
    .where("state", "=", "ready")
    .where("next_at", ">", now)
    .executeTakeFirst();
  return row?.at ?? null;
}

const mark = prepared((q, p: { id: string; leaseUntil: number }) =>
  q.db
    .updateTable("outbox")
    .set((e) => ({ state: "trying", attempts: e("attempts", "+", 1), lease_until: p.leaseUntil }))
    .where("id", "=", p.id)
    .where("state", "=", "ready"),
);

/** Compare-and-set from `ready`, counting the attempt before it is made. False when another node has it. */
export const markTrying = async (tx: Tx, id: string, leaseUntil: number): Promise<boolean> =>
  (await mark.run(tx, { id, leaseUntil })) === 1;

export const updateOutbox = (tx: Tx, id: string, change: Updateable<OutboxRow>) =>
  tx.db.updateTable("outbox").set(change).where("id", "=", id).execute();

const remove = prepared((q, p: { id: string }) => q.db.deleteFrom("outbox").where("id", "=", p.id));

export const removeOutbox = (tx: Tx, id: string) => remove.run(tx, { id });

/** Attempts that were marked and whose end nobody recorded: their process died. */
export const abandonedOutbox = (q: Queryable, now: number) =>
  q.db
    .selectFrom("outbox")
    .selectAll()
    .where("state", "=", "trying")
    .where("lease_until", "<=", now)
    .orderBy("id")
    .execute();

/** At the start of the only process there is: whoever marked an attempt is dead. */
export async function expireLeases(tx: Tx): Promise<void> {
  if (tx.engine === "sqlite")
    await tx.db.updateTable("outbox").set({ lease_until: 0 }).where("state", "=", "trying").execute();
}

export const holdOutbox = (tx: Tx, accountId: string) =>
  tx.db
    .updateTable("outbox")
    .set({ state: "held" })
    .where("account_id", "=", accountId)
    .where("state", "=", "ready")
    // A file host asks for no credentials.
    .where("kind", "<>", "fetch_media")
    .execute();

/** What is owed under this id, while it has not left: a message's, or the question who an identity is. */
export const outboxById = (q: Queryable, id: string) =>
  q.db.selectFrom("outbox").selectAll().where("id", "=", id).executeTakeFirst();
