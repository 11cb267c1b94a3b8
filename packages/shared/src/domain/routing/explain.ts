import { callFor } from "./call.ts";
import { obstacleOf } from "./line.ts";
import type { Obstacle } from "./reasons.ts";
import type { Floor } from "./route.ts";

export interface AgentVerdict {
  readonly userId: string;
  /** Null: could take it now. */
  readonly obstacle: Obstacle | null;
}

/**
 * What stands between one waiting item and each agent, as the router sees it at this moment, for the eyes of a person.
 * Empty when the item is not waiting or its queue has no rule.
 */
export function explain(floor: Floor, interactionId: string): AgentVerdict[] {
  const item = floor.waiting.find((w) => w.interactionId === interactionId);
  const queue = item && floor.rules.queues.get(item.queueId);
  if (!item || !queue) return [];
  const length =
    floor.lengths?.get(item.queueId) ?? floor.waiting.filter((w) => w.queueId === item.queueId).length;
  const call = callFor(queue, { waitedMs: floor.now - item.waitingSince, length });
  return floor.agents.map((agent) => ({
    userId: agent.userId,
    obstacle: obstacleOf(agent, { call, item, capacity: floor.rules.capacity }),
  }));
}
