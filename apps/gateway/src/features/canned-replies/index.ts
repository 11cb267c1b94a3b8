export { handlers } from "./handlers.ts";
export { listCannedReplies } from "./list-canned-replies.ts";
