import type { Client } from "./client.ts";

/** Shorter than anybody looks at something, longer than the pause between two steps of a key held down. */
const restMs = 120;

type Load = (client: Client, key: string) => Promise<unknown>;

interface Begun {
  readonly key: string;
  readonly at: number;
}

const begun = new WeakMap<Client, Map<Load, Begun>>();

/**
 * Whoever walks over twenty conversations in a second wants the last of them: the first is fetched at once, and then the one
 * where the walk comes to rest. @returns takes it back while it has not begun
 */
export function unhurried(o: {
  readonly client: Client;
  readonly load: Load;
  readonly key: string;
  readonly start: () => void;
}): () => void {
  const { client, load, key, start } = o;
  const last = begun.get(client) ?? new Map<Load, Begun>();
  begun.set(client, last);
  const before = last.get(load);
  const at = client.clock.now();
  last.set(load, { key, at });
  if (before && before.key !== key && at - before.at < restMs) return client.clock.after(restMs, start);
  start();
  return () => {};
}
