import type { Need } from "../../contract/needs.ts";
import type { CapacityRule, Strategy } from "../../contract/routing.ts";
import { load } from "./capacity.ts";
import type { RoutableAgent } from "./floor.ts";

/**
 * What is compared, smallest first: members before those who help out, preferred skills missing, the strategy's own
 * figure, who is idle longest. Work given within a pass only makes it grow.
 */
export type Rank = readonly [helps: number, missing: number, own: number, idleSince: number];

export interface RankBy {
  readonly queueId: string;
  readonly strategy: Strategy;
  readonly needs: readonly Need[];
  readonly prefers: readonly Need[];
  readonly capacity: CapacityRule;
}

export function rank(agent: RoutableAgent, by: RankBy): Rank {
  const missing = by.prefers.filter((p) => level(agent, p) < p.level).length;
  return [agent.queueIds.includes(by.queueId) ? 0 : 1, missing, own(agent, by), agent.idleSince];
}

function own(agent: RoutableAgent, by: RankBy): number {
  switch (by.strategy) {
    case "longest_idle":
      return agent.idleSince;
    case "least_loaded":
      return load(agent, by.capacity);
    case "round_robin":
      return agent.offeredAt;
    case "most_skilled":
      return -[...by.needs, ...by.prefers].reduce((sum, need) => sum + level(agent, need), 0);
  }
}

export const level = (agent: RoutableAgent, need: Need): number => agent.skills[need.skillId] ?? 0;

export const compareRank = (a: Rank, b: Rank): number =>
  a[0] - b[0] || a[1] - b[1] || a[2] - b[2] || a[3] - b[3];
