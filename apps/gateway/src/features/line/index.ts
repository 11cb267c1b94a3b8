export { placeOf } from "./place-of.ts";
export { rerank } from "./rerank.ts";
export { planBack, planWait, setWaitTimer, type WaitPlan, waitProgress } from "./wait-plan.ts";
