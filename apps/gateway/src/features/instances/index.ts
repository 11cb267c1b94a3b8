export { followClock } from "./follow-clock.ts";
export { type Instance, runInstance } from "./run-instance.ts";
