import { AsyncLocalStorage } from "node:async_hooks";
import type { Kysely } from "kysely";
import { checkpoints } from "./checkpoints.ts";
import { codeOf } from "./code-of.ts";
import { followers } from "./followers.ts";
import { groupCommit, isFatal, type Writer } from "./group-commit.ts";
import { headOf } from "./journal.ts";
import { INDEX_STEP, indexMessages } from "./message-index.ts";
import { migrate } from "./migrations/index.ts";
import type { Tables } from "./schema.ts";
import { openConnection } from "./sqlite-connection.ts";
import { kyselyOver } from "./sqlite-dialect.ts";
import type { Entry, Store } from "./store.ts";

export type Schema = Tables;

export interface SqliteOptions {
  readonly onFatal: (error: unknown) => void;
}

/**
 * The embedded store: one file, one writing and one reading connection, durable at every commit. Throws an Error whose
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
  const writing = openConnection(path);
  const db = kyselyOver<Tables>(writing);
  await migrate(db as Kysely<unknown>, "sqlite");

  const readingHandle = openConnection(path);
  readingHandle.pragma("query_only = on");
  const reading = kyselyOver<Tables>(readingHandle);

  const listeners = followers();
  const log = checkpoints({
    path,
    database: writing,
    onError: (error) => isFatal(error) && options.onFatal(error),
  });
  const writer = groupCommit({
    database: writing,
    db,
    tell: listeners.tell,
    committed: log.committed,
    onFatal: options.onFatal,
  });
  const index = keepIndexed(writer);
  listeners.add(index.note);
  const inside = new AsyncLocalStorage<true>();

  return {
    engine: "sqlite",
    get db() {
      if (inside.getStore()) throw new Error("inside a transaction use tx, not the store");
      return reading;
    },
    write: (work, o) => writer.write((tx) => inside.run(true, () => work(tx)), o),
    follow: listeners.add,
    announce() {},
    onAnnounced() {},
    head: () => headOf({ db: reading, engine: "sqlite" }),
    async close() {
      index.stop();
      await writer.idle();
      await log.close();
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
