import type { Clock } from "@tongdai/shared";

/** The first at once, so that one message shows without delay; a burst behind it at most every `everyMs`. */
export interface Batch<T> {
  add(items: readonly T[]): void;
  flush(): void;
  clear(): void;
}

export function createBatch<T>(
  clock: Clock,
  everyMs: number,
  apply: (items: readonly T[]) => void,
): Batch<T> {
  let held: T[] = [];
  let undo: (() => void) | null = null;

  function flush(): void {
    if (held.length === 0) return;
    const items = held;
    held = [];
    apply(items);
  }

  function rest(): void {
    undo = clock.after(everyMs, () => {
      undo = null;
      if (held.length === 0) return;
      flush();
      rest();
    });
  }

  return {
    add(items) {
      held.push(...items);
      if (undo) return;
      flush();
      rest();
    },
    flush,
    clear() {
      held = [];
      undo?.();
      undo = null;
    },
  };
}
