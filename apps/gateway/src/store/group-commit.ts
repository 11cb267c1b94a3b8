import { AppError } from "@tongdai/shared";
import type Sqlite from "better-sqlite3";
import type { Kysely } from "kysely";
import { breathe } from "./breathe.ts";
import { type BufferedTx, bufferedTx, writeJournal } from "./buffered-tx.ts";
import { codeOf } from "./code-of.ts";
import type { Schema } from "./sqlite.ts";
import type { Entry, Tx } from "./store.ts";

/** Works and milliseconds per commit: bound how long the first of a batch waits and how long the event loop is held. */
const MAX_BATCH = 256;
const MAX_MS = 8;
const LONG_MS = 4;

interface Job {
  readonly work: (tx: Tx) => Promise<unknown>;
  readonly first: boolean;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
}

type Outcome =
  | { job: Job; tx: BufferedTx; value: unknown; entries: readonly Entry[] }
  | { job: Job; error: unknown };

export interface Writer {
  write<R>(work: (tx: Tx) => Promise<R>, o?: { readonly first?: boolean }): Promise<R>;
  /** Resolves when nothing is queued or running. */
  idle(): Promise<void>;
}

export interface WriterOptions {
  readonly database: Sqlite.Database;
  readonly db: Kysely<Schema>;
  readonly tell: (entries: readonly Entry[]) => void;
  /** Called when a commit's works have been answered and all else has had its turn. */
  readonly committed: (works: number) => void;
  /** The disk did not take a write that it had promised: nothing more may be trusted to this handle. */
  readonly onFatal: (error: unknown) => void;
}

/**
 * Group commit: all works that arrive while one commit is being made durable share the next one. With synchronous=FULL this
 * triples the rate of a commit per work. A savepoint copies every page that is written in it, several times the work itself,
 * so works get one each only when one of them has thrown: then all run again.
 */
export function groupCommit(o: WriterOptions): Writer {
  let queue: Job[] = [];
  /** Those that others wait for: also before what the last batch had no time for. */
  let ahead: Job[] = [];
  let running = false;
  const onIdle: (() => void)[] = [];
  const run = statements(o.database);
  const turn = turnGuard();

  async function drain(): Promise<void> {
    while (ahead.length + queue.length > 0) {
      const all = [...ahead, ...queue];
      const batch = all.slice(0, MAX_BATCH);
      queue = all.slice(MAX_BATCH);
      ahead = [];
      const rest = await commit(batch);
      if (rest.length > 0) queue = [...rest, ...queue];
      // Let what has arrived in the meantime join the next batch, and let sockets and timers have their turn.
      await breathe();
      o.committed(batch.length - rest.length);
    }
    running = false;
    for (const resume of onIdle.splice(0)) resume();
  }

  /** Returns the works that there was no more time for. */
  async function commit(batch: readonly Job[]): Promise<readonly Job[]> {
    let outcomes: readonly Outcome[];
    const began = performance.now();
    try {
      outcomes = (await together(batch)) ?? (await apart(batch));
    } catch (error) {
      if (o.database.inTransaction) run.rollback();
      if (isFatal(error)) o.onFatal(error);
      for (const job of batch) job.reject(unavailable(error));
      return [];
    } finally {
      turn.end();
    }
    // Telling and answering a long batch takes about as long as writing it: the event loop has a turn between the two.
    if (performance.now() - began > LONG_MS) await breathe();
    o.tell(outcomes.flatMap((outcome) => ("error" in outcome ? [] : outcome.entries)));
    for (const outcome of outcomes) answer(outcome);
    return batch.slice(outcomes.length);
  }

  /** All in one, as if they were one work; `null`, and nothing has happened, when one of them throws. */
  async function together(batch: readonly Job[]): Promise<readonly Outcome[] | null> {
    run.begin();
    try {
      return await untilTimeIsUp(batch, attempt);
    } catch (error) {
      if (isStorage(error)) throw error;
      run.rollback();
      return null;
    }
  }

  /** Each in a savepoint of its own, so one that throws takes nothing with it. */
  function apart(batch: readonly Job[]): Promise<readonly Outcome[]> {
    run.begin();
    return untilTimeIsUp(batch, async (job) => {
      run.savepoint();
      try {
        const outcome = await attempt(job);
        run.release();
        return outcome;
      } catch (error) {
        if (isStorage(error)) throw error;
        run.rollbackTo();
        run.release();
        return { job, error };
      }
    });
  }

  async function untilTimeIsUp(
    batch: readonly Job[],
    take: (job: Job) => Promise<Outcome>,
  ): Promise<readonly Outcome[]> {
    const outcomes: Outcome[] = [];
    let until = Number.POSITIVE_INFINITY;
    for (const job of batch) {
      // Who goes first takes nobody's time away: the others have theirs in every commit.
      if (!job.first) until = Math.min(until, performance.now() + MAX_MS);
      outcomes.push(await take(job));
      if (performance.now() >= until) break;
    }
    run.commit();
    return outcomes;
  }

  async function attempt(job: Job): Promise<Outcome> {
    const tx = bufferedTx(o.db, "sqlite");
    const value = await turn.watch(job.work(tx));
    return { job, tx, value, entries: await writeJournal(tx) };
  }

  return {
    write: <R>(work: (tx: Tx) => Promise<R>, { first = false }: { readonly first?: boolean } = {}) =>
      new Promise<R>((resolve, reject) => {
        const job = { work, first, resolve: resolve as (value: unknown) => void, reject };
        (first ? ahead : queue).push(job);
        if (running) return;
        running = true;
        setImmediate(() => void drain());
      }),
    idle: () => (running ? new Promise((resume) => onIdle.push(resume)) : Promise.resolve()),
  };
}

function answer(outcome: Outcome): void {
  if ("error" in outcome) {
    outcome.job.reject(outcome.error);
    return;
  }
  outcome.job.resolve(outcome.value);
  for (const callback of outcome.tx.callbacks) callback();
}

/**
 * SQLite answers at once, so a work that only talks to the store ends within the microtasks of this turn. One that still
 * runs when the event loop comes round waits for something else (the network, a timer) and would hold every other writer.
 */
function turnGuard() {
  let refuse: (error: Error) => void = () => {};
  let guard: NodeJS.Immediate | null = null;
  return {
    watch: <R>(work: Promise<R>): Promise<R> =>
      new Promise<R>((resolve, reject) => {
        refuse = reject;
        // One look serves all works that end within the turn.
        guard ??= setImmediate(() => {
          guard = null;
          refuse(new Error("a transaction may wait for nothing but the store"));
        });
        work.then(resolve, reject);
      }),
    end() {
      if (guard) clearImmediate(guard);
      guard = null;
    },
  };
}

function statements(database: Sqlite.Database) {
  const prepared = (sql: string) => {
    const statement = database.prepare(sql);
    return () => void statement.run();
  };
  return {
    begin: prepared("begin immediate"),
    commit: prepared("commit"),
    rollback: prepared("rollback"),
    savepoint: prepared("savepoint work"),
    release: prepared("release work"),
    rollbackTo: prepared("rollback to work"),
  };
}

/** The disk, not the work, is at fault: the whole batch fails. */
const isStorage = (error: unknown): boolean =>
  /^SQLITE_(FULL|IOERR|CORRUPT|NOTADB|READONLY|CANTOPEN|BUSY)/.test(codeOf(error));

/** After a failed fsync the page cache may claim what the disk does not hold: the process must start anew. */
export const isFatal = (error: unknown): boolean => /^SQLITE_(IOERR|CORRUPT|NOTADB)/.test(codeOf(error));

const unavailable = (error: unknown): Error =>
  isStorage(error)
    ? new AppError("unavailable", `the store cannot be written: ${String(error)}`)
    : error instanceof Error
      ? error
      : new Error(String(error));
