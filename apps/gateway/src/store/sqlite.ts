import { AsyncLocalStorage } from "node:async_hooks";
import Sqlite from "better-sqlite3";
import type { Kysely } from "kysely";
import { codeOf } from "./code-of.ts";
import { followers } from "./followers.ts";
import { groupCommit, type Writer } from "./group-commit.ts";
import { headOf } from "./journal.ts";
import { INDEX_STEP, indexMessages } from "./message-index.ts";
import { migrate } from "./migrations/index.ts";
import type { Tables } from "./schema.ts";
import { kyselyOver } from "./sqlite-dialect.ts";
import type { Entry, Store } from "./store.ts";

export type Schema = Tables;

/** Pages of write-ahead log between checkpoints: larger lifts the rate a little and the tail a lot. */
const CHECKPOINT_PAGES = 2_000;

export interface SqliteOptions {
  readonly onFatal: (error: unknown) => void;
}

/**
 * The embedded store: one file, one writing and one reading connection, WAL, durable at every commit. Throws an Error whose
 * message is a sentence for the operator when the file is damaged.
 */
export async function openSqlite(path: string, options: SqliteOptions): Promise<Store> {
  try {
    return await openWhole(path, options);
  } catch (error) {
    if (!/^SQLITE_(NOTADB|CORRUPT)/.test(codeOf(error))) throw error;
    throw new Error(
      `The store ${path} is damaged (${String(error)}). Move it aside, with its -wal and -shm files, and restore the last good backup.`,
      { cause: error },
    );
  }
}

async function openWhole(path: string, options: SqliteOptions): Promise<Store> {
  const writing = open(path);
  const db = kyselyOver<Tables>(writing);
  await migrate(db as Kysely<unknown>, "sqlite");

  const readingHandle = open(path);
  readingHandle.pragma("query_only = on");
  const reading = kyselyOver<Tables>(readingHandle);

  const listeners = followers();
  const writer = groupCommit({ database: writing, db, tell: listeners.tell, onFatal: options.onFatal });
  const index = keepIndexed(writer);
  listeners.add(index.note);
  const inside = new AsyncLocalStorage<true>();

  return {
    engine: "sqlite",
    get db() {
      if (inside.getStore()) throw new Error("inside a transaction use tx, not the store");
      return reading;
    },
    write: (work) => writer.write((tx) => inside.run(true, () => work(tx))),
    follow: listeners.add,
    announce() {},
    onAnnounced() {},
    head: () => headOf({ db: reading, engine: "sqlite" }),
    async close() {
      index.stop();
      await writer.idle();
      await reading.destroy();
      await db.destroy();
    },
  };
}

/** Takes a step of the full-text index whenever there are messages enough for one; at the start, what was left over. */
function keepIndexed(writer: Writer) {
  let beyond = INDEX_STEP;
  let running = false;
  let stopped = false;
  async function catchUp(): Promise<void> {
    if (running || beyond < INDEX_STEP) return;
    running = true;
    beyond = 0;
    try {
      while (!stopped && (await writer.write(indexMessages)));
    } catch {
      // What the store cannot write it says to all writers; the next messages make the next attempt.
    }
    running = false;
  }
  void catchUp();
  return {
    note(entries: readonly Entry[]) {
      for (const { name } of entries) if (name === "message.created") beyond++;
      void catchUp();
    },
    stop() {
      stopped = true;
    },
  };
}

function open(path: string): Sqlite.Database {
  const database = new Sqlite(path);
  database.pragma("journal_mode = WAL");
  // The driver's default in WAL mode is NORMAL, which loses acknowledged rows when the power fails.
  database.pragma("synchronous = FULL");
  database.pragma("foreign_keys = ON");
  database.pragma("busy_timeout = 5000");
  database.pragma(`wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
  if (database.pragma("synchronous", { simple: true }) !== 2)
    throw new Error("SQLite did not accept synchronous=FULL");
  return database;
}
