import { AsyncLocalStorage } from "node:async_hooks";
import { Kysely, PostgresDialect, sql } from "kysely";
import pg from "pg";
import { bufferedTx, writeJournal } from "./buffered-tx.ts";
import { codeOf } from "./code-of.ts";
import { followers } from "./followers.ts";
import { entriesAfter, headOf } from "./journal.ts";
import { migrate } from "./migrations/index.ts";
import { listen } from "./postgres-listen.ts";
import { guardedPool } from "./postgres-pool.ts";
import type { Tables } from "./schema.ts";
import type { Store, Tx } from "./store.ts";

const POOL = 10;
const ATTEMPTS = 5;
/** Any constant of ours: whoever holds it is giving out journal numbers. */
const JOURNAL_LOCK = 7_071;
const MIGRATION_LOCK = 7_072;
const CHANNEL = "tongdai_journal";
const ASIDE = "tongdai_now";
/** Rows read per wake-up; the rest follows at once. */
const PAGE = 1_000;

// bigint and count(*) arrive as text: all of ours fit a double.
pg.types.setTypeParser(20, Number);

/** The scale-out store: several gateways may share it. */
export async function openPostgres(url: string): Promise<Store> {
  const pool = new pg.Pool({
    connectionString: url,
    max: POOL,
    connectionTimeoutMillis: 2_000,
    options: "-c synchronous_commit=on -c plan_cache_mode=force_custom_plan",
  });
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: guardedPool(pool) }) });
  await withLock(db, () => migrate(db as Kysely<unknown>, "postgres"));

  const inside = new AsyncLocalStorage<true>();
  const listeners = followers();
  const q = { db, engine: "postgres" } as const;
  const head = () => headOf(q);
  const feed = await listen({
    url,
    channel: CHANNEL,
    aside: ASIDE,
    from: await head(),
    read: (after) => entriesAfter(q, after, PAGE),
  });
  feed.onEntries(listeners.tell);

  return {
    engine: "postgres",
    get db() {
      if (inside.getStore()) throw new Error("inside a transaction use tx, not the store");
      return db;
    },
    write: (work) => write(db, (tx) => inside.run(true, () => work(tx))),
    follow: listeners.add,
    announce: (text) => void sql`select pg_notify(${ASIDE}, ${text})`.execute(db).catch(() => {}),
    onAnnounced: feed.onAside,
    head,
    async close() {
      await feed.close();
      await db.destroy();
    },
  };
}

async function write<R>(db: Kysely<Tables>, work: (tx: Tx) => Promise<R>): Promise<R> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await once(db, work);
    } catch (error) {
      if (attempt < ATTEMPTS && isTransient(error)) continue;
      throw error;
    }
  }
}

async function once<R>(db: Kysely<Tables>, work: (tx: Tx) => Promise<R>): Promise<R> {
  const { value, callbacks } = await db.transaction().execute(async (trx) => {
    const tx = bufferedTx(trx, "postgres");
    const value = await work(tx);
    if (tx.entries.length > 0) {
      // Numbers are taken under a lock that the commit releases, so they become visible in order.
      await sql`select pg_advisory_xact_lock(${JOURNAL_LOCK})`.execute(trx);
      await writeJournal(tx);
      await sql`select pg_notify(${CHANNEL}, '')`.execute(trx);
    }
    return { value, callbacks: tx.callbacks };
  });
  for (const callback of callbacks) callback();
  return value;
}

async function withLock(db: Kysely<Tables>, run: () => Promise<void>): Promise<void> {
  await db.connection().execute(async (one) => {
    await sql`select pg_advisory_lock(${MIGRATION_LOCK})`.execute(one);
    try {
      await run();
    } finally {
      await sql`select pg_advisory_unlock(${MIGRATION_LOCK})`.execute(one);
    }
  });
}

/** Serialization failure or deadlock: the loser of a race may try again. */
const isTransient = (error: unknown): boolean => ["40001", "40P01"].includes(codeOf(error));
