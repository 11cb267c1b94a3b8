export { readCapacity } from "./capacity.ts";
export { handlers } from "./handlers.ts";
export { lookAgain, startRound } from "./new-round.ts";
export { runRouter } from "./run-router.ts";
