import type { Clock } from "@tongdai/shared";

/** Things put off for a moment, by name: naming one again puts it off again. */
export interface Later {
  put(name: string, ms: number, run: () => void): void;
  cancel(name: string): void;
  /** Runs now whatever waits and whose name begins so. */
  flush(prefix: string): void;
}

export function createLater(clock: Clock): Later {
  const waiting = new Map<string, { undo: () => void; run: () => void }>();

  function cancel(name: string): void {
    waiting.get(name)?.undo();
    waiting.delete(name);
  }

  return {
    put(name, ms, run) {
      cancel(name);
      const undo = clock.after(ms, () => {
        waiting.delete(name);
        run();
      });
      waiting.set(name, { undo, run });
    },
    cancel,
    flush(prefix) {
      const due = Array.from(waiting).filter(([name]) => name.startsWith(prefix));
      for (const [name, { run }] of due) {
        cancel(name);
        run();
      }
    },
  };
}
