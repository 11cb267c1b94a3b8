import type { Need } from "../../contract/needs.ts";
import type { CapacityRule, Obstacle } from "../../contract/routing.ts";
import { hasRoom } from "./capacity.ts";
import type { RoutableAgent, WaitingItem } from "./floor.ts";
import { level } from "./strategy.ts";

/** What a queue asks at an item's age: from whom, and what they must be able to do. */
export interface Call {
  readonly queueIds: readonly string[];
  readonly needs: readonly Need[];
}

/** What, if anything, keeps this agent from ever taking such work in this pass: queue, skill, being there. */
export function standing(agent: RoutableAgent, call: Call): Obstacle | null {
  if (!call.queueIds.some((id) => agent.queueIds.includes(id))) return { code: "not_in_queue" };
  const lacks = call.needs.find((need) => level(agent, need) < need.level);
  if (lacks) return { code: "lacks_skill", ...lacks };
  return notThere(agent);
}

export const notThere = (agent: RoutableAgent): Obstacle | null =>
  agent.state === "available" ? null : { code: "not_available", state: agent.state };

/** What keeps an agent who could take it from taking it now. */
export function passing(
  agent: RoutableAgent,
  item: Pick<WaitingItem, "kind" | "declinedBy" | "rings">,
  capacity: CapacityRule,
): Obstacle | null {
  const { kind } = item;
  if (item.rings && !agent.phone) return { code: "no_phone" };
  if (item.declinedBy.includes(agent.userId)) return { code: "declined" };
  if (hasRoom(agent, capacity, kind)) return null;
  return { code: "at_capacity", kind, carried: agent.carries[kind], limit: agent.limits[kind] };
}
