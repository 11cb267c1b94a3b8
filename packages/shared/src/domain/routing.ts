export { callFor } from "./routing/call.ts";
export { hasRoom, withOneMore } from "./routing/capacity.ts";
export {
  afterFinished,
  afterTaken,
  expectedWait,
  noPace,
  type Pace,
  whileWaiting,
} from "./routing/expected-wait.ts";
export { type AgentVerdict, explain } from "./routing/explain.ts";
export type { Carries, RoutableAgent, WaitingItem } from "./routing/floor.ts";
export { passing, standing } from "./routing/obstacle.ts";
export { points, rankAt } from "./routing/priority.ts";
export type { Why, WhyNobody } from "./routing/reasons.ts";
export { type Decision, type Floor, membersOf, type Routing, route } from "./routing/route.ts";
export type { QueueRule, Rules } from "./routing/rules.ts";
export {
  type Answer,
  type Arrival,
  type Outcome,
  type Shift,
  simulate,
} from "./routing/simulate.ts";
export type { StepReason } from "./routing/step-reason.ts";
