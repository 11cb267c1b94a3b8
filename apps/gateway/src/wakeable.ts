import type { Clock } from "@tongdai/shared";
import type { Log } from "./log.ts";

export interface Wakeable {
  /** There may be something to do. Cheap; any number of wakes before a pass are one. */
  wake(): void;
  /** Resolves when no pass runs and none is due at once. */
  idle(): Promise<void>;
  /** Lets the pass that runs come to its end; no other follows. */
  close(): Promise<void>;
}

export interface WakeableOptions {
  readonly name: string;
  readonly deps: () => { readonly clock: Clock; readonly log: Log };
  /** Does what there is to do. @returns milliseconds until it wants another look without being woken; `null`: never */
  readonly pass: () => Promise<number | null>;
}

const RETRY_MS = 1_000;

/** Runs `pass` whenever woken, one at a time; a wake during a pass makes one more. A pass that fails is tried again. */
export function wakeable(o: WakeableOptions): Wakeable {
  let running: Promise<void> | null = null;
  let again = false;
  let closed = false;
  let cancel: () => void = () => {};

  function sleep(ms: number | null): void {
    cancel();
    if (!closed && ms !== null) cancel = o.deps().clock.after(ms, wake);
  }

  async function loop(): Promise<void> {
    let next: number | null = null;
    while (again && !closed) {
      again = false;
      next = await o.pass();
    }
    sleep(next);
  }

  function wake(): void {
    again = true;
    if (closed || running) return;
    cancel();
    // Not at once: a pass that wakes us while it starts must find us running.
    running = Promise.resolve()
      .then(loop)
      .catch((err: unknown) => {
        o.deps().log.error({ err }, `${o.name} failed, will run again`);
        sleep(RETRY_MS);
      })
      .finally(() => {
        running = null;
        // Woken in the moment between the last look and here.
        if (again && !closed) wake();
      });
  }

  return {
    wake,
    async idle() {
      while (running) await running;
    },
    async close() {
      closed = true;
      cancel();
      await running;
    },
  };
}
