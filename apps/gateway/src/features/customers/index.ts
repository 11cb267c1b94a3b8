export { applyProfile, type NewProfile } from "./apply-profile.ts";
export { linkCertain, noteProven, noteText } from "./clues.ts";
export { type FoundIdentity, findOrCreateByIdentity, type NewIdentity } from "./find-or-create.ts";
export { customerSeenBy } from "./get.ts";
export { handlers } from "./handlers.ts";
export { maskCustomer } from "./mask.ts";
export { noteLooks } from "./reveal.ts";
