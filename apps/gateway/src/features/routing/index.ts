export { startRound } from "./new-round.ts";
export { type RouterLoop, runRouter } from "./run-router.ts";
