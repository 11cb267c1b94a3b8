/** Text kept on this machine over reloads. */
export interface Storage {
  get(key: string): string | null;
  set(key: string, value: string): void;
  remove(key: string): void;
  keys(prefix: string): string[];
}

/** A browser may refuse local storage (private windows, a full disk): what is kept then lives as long as the page. */
export function browserStorage(local: globalThis.Storage | null = reachable()): Storage {
  const memory = memoryStorage();
  if (!local) return memory;
  return {
    get: (key) => local.getItem(key) ?? memory.get(key),
    set(key, value) {
      try {
        local.setItem(key, value);
        memory.remove(key);
      } catch {
        memory.set(key, value);
      }
    },
    remove(key) {
      local.removeItem(key);
      memory.remove(key);
    },
    keys: (prefix) => [
      ...Array.from({ length: local.length }, (_, i) => local.key(i) ?? "").filter((k) =>
        k.startsWith(prefix),
      ),
      ...memory.keys(prefix),
    ],
  };
}

export function memoryStorage(): Storage {
  const entries = new Map<string, string>();
  return {
    get: (key) => entries.get(key) ?? null,
    set: (key, value) => void entries.set(key, value),
    remove: (key) => void entries.delete(key),
    keys: (prefix) => [...entries.keys()].filter((key) => key.startsWith(prefix)),
  };
}

function reachable(): globalThis.Storage | null {
  try {
    return globalThis.localStorage ?? null;
  } catch {
    return null;
  }
}
