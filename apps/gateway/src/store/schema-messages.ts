/** What is read only when somebody looks at the letter itself. */
export interface MessageBodyRow {
  message_id: string;
  /** Sanitised; null: it was not formatted. */
  html: string | null;
  /** The part of the text that it quotes. */
  quoted: string;
}
/** What happened to a message, by the vendor's id of it: see message-changes.ts of the conversations. */
export interface MessageChangeRow {
  account_id: string;
  /** The message's, or the customer's whose conversation is not there yet. */
  external_id: string;
  /** `reaction`, `edited`, `removed`, `hidden`, `liked`; `quoted`: another message quotes it. The customer's: `act`, `delivered`, `read`. */
  kind: string;
  /** Of two of a kind the higher one counts: a time, or a number of edits. */
  rank: number;
  value: string | null;
  kept_at: number;
}
export interface MentionRow {
  user_id: string;
  message_id: string;
  conversation_id: string;
  at: number;
  /** Null: waits for the person. */
  seen_at: number | null;
}
/** What comments stand beneath. */
export interface PostRow {
  id: string;
  account_id: string;
  external_id: string;
  /** Empty: not told. */
  text: string;
  url: string | null;
  picture_media_id: string | null;
  posted_at: number | null;
  removed_at: number | null;
}
/** What a webhook or a kept connection brought. */
export interface DeliveryRow {
  id: string;
  channel: string;
  webhook_key: string;
  received_at: number;
  body: string;
  /** `done`, `pending` (to be tried again, item by item) or `quarantined`. */
  state: string;
  attempts: number;
  error: string | null;
  /** SHA-256 of a file that the body names. */
  file: string | null;
}
