import type { Credentials } from "../../channel.ts";

export interface MemoryCredentials extends Credentials {
  /** As kept now. */
  kept(): string | null;
  /** As another process does it. */
  set(text: string): void;
}

/** Credentials as the gateway keeps them, for one process without a store. */
export function memoryCredentials(first: string | null = null): MemoryCredentials {
  let kept = first;
  let underWay: Promise<string> | null = null;
  return {
    kept: () => kept,
    set: (text) => {
      kept = text;
    },
    read: async () => kept,
    async replace(stale, renew) {
      if (kept !== stale && kept !== null) return kept;
      underWay ??= renew(stale)
        .then((fresh) => {
          kept = fresh;
          return fresh;
        })
        .finally(() => {
          underWay = null;
        });
      return underWay;
    },
  };
}
