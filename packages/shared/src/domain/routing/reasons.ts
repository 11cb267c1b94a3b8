import type { Obstacle, Strategy } from "../../contract/routing.ts";

/** Why this agent. Codes are stable: they are journaled, and translated by the client. */
export type Why = {
  readonly code: Strategy | "last_agent" | "customer_owner" | "transferred";
  /** Which ring of the queue, from 1. */
  readonly ring: number;
  /** The queue whose agent helps out. */
  readonly helps?: string;
};

/** Why nobody: what stands in the way of how many agents. */
export interface WhyNobody {
  readonly code: Obstacle["code"] | "queue_empty" | "no_rule";
  readonly agents: number;
  /** The state, skill, kind of work or agent that the code is about. */
  readonly of?: string;
}
