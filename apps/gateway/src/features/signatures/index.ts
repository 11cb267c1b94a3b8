export { handlers } from "./handlers.ts";
export { listAccountSignatures, ownSignature } from "./present.ts";
