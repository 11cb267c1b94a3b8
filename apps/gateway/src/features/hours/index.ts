export { handlers } from "./handlers.ts";
export { listHours } from "./list-hours.ts";
export { closedUntil, dueOfCallBack, hold, lookAtHours } from "./opening.ts";
export { saveHours } from "./save-hours.ts";
