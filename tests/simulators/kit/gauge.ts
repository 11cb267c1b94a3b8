/** Counts what is under way, so that a test can wait for silence instead of sleeping. */
export interface Gauge {
  /** Returns the function that ends what began; calling it twice is harmless. */
  begin(): () => void;
  idle(): Promise<void>;
}

export function createGauge(): Gauge {
  let running = 0;
  const waiters = new Set<() => void>();
  const release = () => {
    if (running > 0) return;
    for (const waiter of waiters) waiter();
    waiters.clear();
  };
  return {
    begin() {
      let open = true;
      running += 1;
      return () => {
        if (!open) return;
        open = false;
        running -= 1;
        // What ends may start its successor in the same turn: look again once that turn is over.
        setImmediate(release);
      };
    },
    idle() {
      return new Promise((resolve) => {
        waiters.add(resolve);
        setImmediate(release);
      });
    },
  };
}
