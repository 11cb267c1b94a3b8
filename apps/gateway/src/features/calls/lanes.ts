/** Work that is begun in order: what has the same key waits for what came before it. */
export function lanes(failed: (error: unknown) => void) {
  const tails = new Map<string, Promise<void>>();
  let closed = false;
  return {
    run(key: string, work: () => Promise<unknown>): void {
      if (closed) return;
      const tail = (tails.get(key) ?? Promise.resolve())
        .then(work)
        .then(() => {}, failed)
        .finally(() => {
          if (tails.get(key) === tail) tails.delete(key);
        });
      tails.set(key, tail);
    },
    /** What comes from now on is not begun. */
    close: (): void => {
      closed = true;
    },
    /** Resolves when nothing is under way. */
    async idle(): Promise<void> {
      while (tails.size > 0) await Promise.all(tails.values());
    },
  };
}
