import type { WaitingItem } from "./floor.ts";
import { compare } from "./line.ts";
import { rankAt } from "./priority.ts";
import type { Rules } from "./rules.ts";

/** Waiting work that one look of a simulated router takes in, shared among the lines; as the gateway does. */
const LOOK = 400;
const LEAST = 8;

interface Placed {
  readonly item: WaitingItem;
  readonly rank: number;
}

/** The lines of a simulated floor, each in the order in which the gateway keeps it. */
export function waitingLines(rules: Rules) {
  const lines = new Map<string, Placed[]>();
  const named = new Map<string, WaitingItem>();

  function placeOf(line: readonly Placed[], p: Placed): number {
    let [low, high] = [0, line.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (inOrder(line[middle] as Placed, p) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
  const placed = (item: WaitingItem): Placed => {
    const rule = rules.queues.get(item.queueId)?.priority;
    return { item, rank: rule ? rankAt(item, rule) : item.waitingSince };
  };

  return {
    add(item: WaitingItem): void {
      const line = lines.get(item.queueId) ?? [];
      lines.set(item.queueId, line);
      const p = placed(item);
      line.splice(placeOf(line, p), 0, p);
      if (item.transferredTo ?? item.lastAgentId ?? item.customerOwnerId) named.set(item.interactionId, item);
    },
    remove(item: WaitingItem): void {
      const line = lines.get(item.queueId) ?? [];
      line.splice(placeOf(line, placed(item)), 1);
      named.delete(item.interactionId);
    },
    /** The heads of these queues' lines, and all work that may be kept for somebody. */
    heads(queueIds: ReadonlySet<string>): WaitingItem[] {
      const share = Math.max(LEAST, Math.floor(LOOK / Math.max(1, queueIds.size)));
      const found = new Map(named);
      for (const id of queueIds) {
        // Points of closing windows are not in the order of the line.
        const all = (rules.queues.get(id)?.priority.byWindow.length ?? 0) > 0;
        const line = lines.get(id) ?? [];
        for (const { item } of all ? line : line.slice(0, share)) found.set(item.interactionId, item);
      }
      return [...found.values()];
    },
    lengths: (): ReadonlyMap<string, number> => new Map([...lines].map(([id, line]) => [id, line.length])),
  };
}

const inOrder = (a: Placed, b: Placed): number =>
  a.rank - b.rank || compare(a.item.interactionId, b.item.interactionId);
