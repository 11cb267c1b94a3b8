export { startRound } from "./new-round.ts";
export { routeWaiting } from "./route-waiting.ts";
export { type RouterLoop, runRouter } from "./run-router.ts";
