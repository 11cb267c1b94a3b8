import type { Need } from "../../contract/needs.ts";
import type { WaitingItem } from "./floor.ts";
import type { Call } from "./obstacle.ts";
import type { QueueRule } from "./rules.ts";

/** The ring that an item has reached; it counts from 0. */
export function ringAt(queue: QueueRule, waitedMs: number): number {
  let ring = 0;
  while (ring + 1 < queue.rings.length && (queue.rings[ring + 1]?.afterMs ?? Infinity) <= waitedMs) ring += 1;
  return ring;
}

/** Whom to ask for this item now: its queue and those that help, and what it needs. */
export function callFor(
  queue: QueueRule,
  o: { waitedMs: number; length: number; needs?: readonly Need[] | undefined },
): Call {
  const helpers = queue.overflow.filter(
    (f) =>
      (f.afterMs !== null && o.waitedMs >= f.afterMs) || (f.longerThan !== null && o.length > f.longerThan),
  );
  return {
    queueIds: [queue.queueId, ...helpers.map((f) => f.queueId)],
    needs: together(queue.rings[ringAt(queue, o.waitedMs)]?.needs ?? [], o.needs ?? []),
  };
}

/** All of both; of a skill that both ask for the higher level. */
function together(ring: readonly Need[], own: readonly Need[]): readonly Need[] {
  if (own.length === 0) return ring;
  const levels = new Map(ring.map((n) => [n.skillId, n.level]));
  for (const n of own) levels.set(n.skillId, Math.max(n.level, levels.get(n.skillId) ?? 0));
  return [...levels].map(([skillId, level]) => ({ skillId, level }));
}

/** When time alone may let somebody else take this item; null when it will not. Epoch milliseconds. */
export function nextChange(item: WaitingItem, queue: QueueRule, now: number): number | null {
  const steps = [
    ...queue.rings.map((r) => r.afterMs),
    ...queue.overflow.map((f) => f.afterMs ?? 0),
    item.lastAgentId ? queue.lastAgentMs : 0,
    item.customerOwnerId ? queue.ownerMs : 0,
  ].map((ms) => item.waitingSince + ms);
  const ahead = steps.filter((at) => at > now);
  return ahead.length > 0 ? Math.min(...ahead) : null;
}
