import type { Obstacle } from "../../contract/routing.ts";
import { callFor } from "./call.ts";
import type { WaitingItem } from "./floor.ts";
import { obstacleOf } from "./line.ts";
import { notThere, passing } from "./obstacle.ts";
import { type Floor, route } from "./route.ts";

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
  const call = callFor(queue, { waitedMs: floor.now - item.waitingSince, length, needs: item.needs });
  const { capacity } = floor.rules;
  const rest = forAllOthers(floor, item);
  return floor.agents.map((agent) => {
    // Neither queue nor skill is asked of the one for whom it is kept.
    const isKept = rest?.code === "kept_for" && rest.userId === agent.userId;
    const obstacle = isKept
      ? (notThere(agent) ?? passing(agent, item, capacity))
      : (obstacleOf(agent, { call, item, capacity }) ?? rest);
    return { userId: agent.userId, obstacle };
  });
}

/** What keeps it from agents whom nothing else keeps from it: it is somebody's, or nobody is asked at all. */
function forAllOthers(floor: Floor, item: WaitingItem): Obstacle | null {
  const decision = route({ ...floor, waiting: [item] }).decisions[0];
  if (!decision) return null;
  const until = item.transferredTo === null ? keptUntil(floor, item) : null;
  if (decision.agentId !== null) {
    const isNamed = ["last_agent", "customer_owner", "transferred"].includes(decision.why.code);
    return isNamed ? { code: "kept_for", userId: decision.agentId, until } : null;
  }
  for (const { code, of } of decision.why) {
    if (code === "agents_pick") return { code };
    if (code === "kept_for" && of !== undefined) return { code, userId: of, until };
  }
  return null;
}

/** When the time is over for which work is kept for the last agent or the owner. */
function keptUntil({ rules }: Floor, item: WaitingItem): number | null {
  const queue = rules.queues.get(item.queueId);
  if (!queue) return null;
  const forMs = Math.max(
    item.lastAgentId === null ? 0 : queue.lastAgentMs,
    item.customerOwnerId === null ? 0 : queue.ownerMs,
  );
  return item.waitingSince + forMs;
}
