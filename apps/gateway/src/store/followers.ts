import type { Entry } from "./store.ts";

export interface Followers {
  add(listener: (entries: readonly Entry[]) => void): () => void;
  tell(entries: readonly Entry[]): void;
}

export function followers(): Followers {
  const listeners = new Set<(entries: readonly Entry[]) => void>();
  return {
    add(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    tell(entries) {
      if (entries.length > 0) for (const listener of listeners) listener(entries);
    },
  };
}
