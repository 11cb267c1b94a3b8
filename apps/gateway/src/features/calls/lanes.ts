/** Work that is begun in order: what has the same key waits for what came before it. */
export function lanes(failed: (error: unknown) => void) {
  const tails = new Map<string, Promise<void>>();
  return {
    run(key: string, work: () => Promise<unknown>): void {
      const tail = (tails.get(key) ?? Promise.resolve())
        .then(work)
        .then(() => {}, failed)
        .finally(() => {
          if (tails.get(key) === tail) tails.delete(key);
        });
      tails.set(key, tail);
    },
    /** Resolves when nothing is under way. */
    async idle(): Promise<void> {
      while (tails.size > 0) await Promise.all(tails.values());
    },
  };
}
