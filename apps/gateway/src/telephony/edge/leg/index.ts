/** Legs: one party's side of a call. Pure: sends nothing, waits for nothing. */
export * from "./cause.ts";
export { type Leg, type LegEffect, type LegEvent, newLeg, stepLeg, talks } from "./leg.ts";
export {
  agreement,
  proposal,
  type SessionTimer,
  timerOfRequest,
  timerOfResponse,
  tooShort,
} from "./session-timer.ts";
