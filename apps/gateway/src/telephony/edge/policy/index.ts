/** Who may call, and what of his words is believed. Knows nothing of calls. */
export { type Admission, createAdmission } from "./admission.ts";
export type { Caller } from "./caller.ts";
export { createTrunks, type Trunk } from "./trunks.ts";
export { createWebTokens, type WebTokens, type WebVisit } from "./web-tokens.ts";
