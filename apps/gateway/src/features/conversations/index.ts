export { attachmentsOf } from "./attachments.ts";
export { handlers } from "./handlers.ts";
export { changeMessage, journalCreated } from "./journal-message.ts";
export { markSent } from "./mark-sent.ts";
export { messageRow } from "./message-row.ts";
export { type OutboxKind, OutboxPayload } from "./outbox.ts";
export { showEarlyEdit } from "./receive-change.ts";
export { receiveItem } from "./receive-item.ts";
export { windowOf, windowRefused } from "./window.ts";
