export { startRound } from "./new-round.ts";
export { runRouter } from "./run-router.ts";
