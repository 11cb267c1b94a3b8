import type { CapacityRule, QueueRules } from "../../contract/routing.ts";

export type QueueRule = QueueRules & { readonly queueId: string };

export interface Rules {
  readonly queues: ReadonlyMap<string, QueueRule>;
  readonly capacity: CapacityRule;
}
