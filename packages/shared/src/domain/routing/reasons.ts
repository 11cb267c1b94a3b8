import type { WorkKind } from "../../contract/channel-info.ts";
import type { Strategy } from "../../contract/routing.ts";

/** Why this agent. Codes are stable: they are journaled, and translated by the client. */
export type Why = {
  readonly code: Strategy | "last_agent" | "customer_owner" | "transferred";
  /** Which ring of the queue, from 1. */
  readonly ring: number;
  /** The queue whose agent helps out. */
  readonly helps?: string;
};

/** Why not this agent. */
export type Obstacle =
  | { readonly code: "not_available"; readonly state: string }
  | { readonly code: "not_in_queue" }
  | { readonly code: "lacks_skill"; readonly skillId: string; readonly level: number }
  | {
      readonly code: "at_capacity";
      readonly kind: WorkKind;
      readonly carried: number;
      readonly limit: number;
    }
  | { readonly code: "declined" }
  | { readonly code: "kept_for"; readonly userId: string; readonly until: number | null }
  | { readonly code: "agents_pick" };

/** Why nobody: what stands in the way of how many agents. */
export interface WhyNobody {
  readonly code: Obstacle["code"] | "queue_empty" | "no_rule";
  readonly agents: number;
  /** The state, skill, kind of work or agent that the code is about. */
  readonly of?: string;
}
