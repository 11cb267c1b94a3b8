import { once } from "node:events";
import { extname } from "node:path";
import { Worker } from "node:worker_threads";
import type Sqlite from "better-sqlite3";
import { checkpoint } from "./write-ahead-log.ts";

export interface CheckpointLimits {
  /** Works between two looks at the log: a look takes as long as a small statement. */
  readonly works: number;
  /** Pages that are worth the thread's while. */
  readonly worth: number;
  /** A log of so many pages has to begin anew, which it does once all of it is in the database file. */
  readonly long: number;
  /** Pages that the writer copies itself in some milliseconds. */
  readonly few: number;
}

const defaults: CheckpointLimits = { works: 64, worth: 2_000, long: 8_000, few: 600 };

export interface Checkpoints {
  /** Between two commits, with how many works the last one had. */
  committed(works: number): void;
  /** Resolves when the thread has nothing in hand. */
  idle(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Keeps checkpoints out of the commits: they are most of what makes a commit slow, and no commit needs one to be durable. A
 * thread copies while the gateway writes; but the log begins anew only if nothing was written since all of it was
 * copied, so when it has become long and the thread has left little, the writer copies the rest.
 */
export function checkpoints(o: {
  readonly path: string;
  readonly database: Sqlite.Database;
  readonly onError: (error: unknown) => void;
  readonly limits?: CheckpointLimits;
}): Checkpoints {
  const limits = o.limits ?? defaults;
  let thread: Worker | null = null;
  let copying: PromiseWithResolvers<void> | null = null;
  let failed = false;
  let works = 0;

  function copied(): void {
    copying?.resolve();
    copying = null;
  }

  function begin(): Worker {
    // The sources are a folder of .ts, the bundle one of .js.
    const file = new URL(`./checkpointer${extname(import.meta.filename)}`, import.meta.url);
    const made = new Worker(file, { workerData: { path: o.path } });
    made.unref();
    made.on("message", copied);
    made.on("error", (error) => {
      thread = null;
      fail(error);
      copied();
    });
    return made;
  }

  /** From here on SQLite makes its own checkpoints, late and inside of a commit. */
  function fail(error: unknown): void {
    failed = true;
    o.onError(error);
  }

  function look(): void {
    const { pages, left } = checkpoint(o.database, "noop");
    const long = pages > limits.long;
    if (long && left < limits.few) checkpoint(o.database, "passive");
    else if (left >= (long ? limits.few : limits.worth)) {
      copying = Promise.withResolvers();
      thread ??= begin();
      thread.postMessage("copy");
    }
  }

  return {
    committed(count) {
      works += count;
      if (works < limits.works || copying || failed) return;
      works = 0;
      try {
        look();
      } catch (error) {
        fail(error);
      }
    },
    idle: async () => copying?.promise,
    async close() {
      await copying?.promise;
      if (!thread) return;
      thread.ref();
      thread.postMessage("close");
      await once(thread, "exit");
    },
  };
}
