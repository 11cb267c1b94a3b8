import { type Summary, summarise } from "../lib/percentiles.ts";

export interface Seen {
  /** Milliseconds from a change of somebody's state, on the gateway's clock, until a watcher had it; all watchers. */
  readonly staleness: Summary;
  /** Pieces of the picture that came, to all watchers. */
  readonly deliveries: number;
  /** Of one piece, on average. */
  readonly bytes: number;
}

interface Change {
  readonly full: boolean;
  readonly agents: readonly { readonly userId: string; readonly since: number }[];
}

/** What those who watch the floor see of it, and how old it is by then. The clock is the machine's: both sides read it. */
export function floorWatch() {
  let from = Number.POSITIVE_INFINITY;
  let staleness: number[] = [];
  let deliveries = 0;
  let bytes = 0;
  const newest = new Map<number, Map<string, number>>();
  // All watchers hear the same words: they are read once.
  let last: { json: string; change: Change } | null = null;

  const read = (json: string): Change => {
    if (last?.json !== json) last = { json, change: JSON.parse(json) as Change };
    return last.change;
  };

  return {
    begin(): void {
      from = Date.now();
      staleness = [];
      deliveries = 0;
      bytes = 0;
    },
    hear(watcher: number, json: string): void {
      const now = Date.now();
      const change = read(json);
      if (change.full) return;
      deliveries++;
      bytes += Buffer.byteLength(json);
      const known = newest.get(watcher) ?? new Map<string, number>();
      newest.set(watcher, known);
      for (const { userId, since } of change.agents) {
        if (since < from || known.get(userId) === since) continue;
        known.set(userId, since);
        staleness.push(now - since);
      }
    },
    seen: (): Seen => ({
      staleness: summarise(staleness),
      deliveries,
      bytes: bytes / Math.max(1, deliveries),
    }),
  };
}
