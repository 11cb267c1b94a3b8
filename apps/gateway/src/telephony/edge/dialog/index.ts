/** Dialogs of RFC 3261 12: tags, numbers, route set, target; to disk and back. Pure: sends nothing, waits for nothing. */
export {
  confirm,
  type Dialog,
  dialogKey,
  dialogOfRequest,
  dialogOfResponse,
  keyOfRequest,
  refreshTarget,
} from "./dialog.ts";
export { type Arrival, arrive, requestIn } from "./in-dialog.ts";
export { restore, snapshot } from "./snapshot.ts";
