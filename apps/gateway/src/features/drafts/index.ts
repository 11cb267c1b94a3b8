export { getDraft } from "./get-draft.ts";
export { handlers } from "./handlers.ts";
