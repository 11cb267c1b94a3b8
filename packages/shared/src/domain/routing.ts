export { hasRoom } from "./routing/capacity.ts";
export { type AgentVerdict, explain } from "./routing/explain.ts";
export type { Carries, RoutableAgent, WaitingItem } from "./routing/floor.ts";
export { points, rankAt } from "./routing/priority.ts";
export type { Why, WhyNobody } from "./routing/reasons.ts";
export { type Decision, type Floor, type Routing, route } from "./routing/route.ts";
export type { QueueRule, Rules } from "./routing/rules.ts";
export type { StepReason } from "./routing/step-reason.ts";
