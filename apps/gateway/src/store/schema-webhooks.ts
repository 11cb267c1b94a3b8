/** Whoever outside of the house is told of events. */
export interface WebhookRow {
  id: string;
  name: string;
  url: string;
  events: string;
  texts: number;
  enabled: number;
  /** Why it is off although nobody switched it off. */
  ended: string | null;
  /** AES-256-GCM of its secrets, the newest first. */
  secrets: string;
  /** The journal's number after which it is told. */
  since_seq: number;
  /** Attempts that failed one after the other. */
  failures: number;
  failing_since: number | null;
  rest_until: number | null;
  last_success_at: number | null;
}
/** What a webhook is owed, or got: kept a while for the log. */
export interface WebhookDeliveryRow {
  /** What receivers know the event by. */
  id: string;
  webhook_id: string;
  /** The journal's number. */
  seq: number;
  type: string;
  /** First attempts about one thing are made one after the other. */
  lane: string;
  body: string;
  /** `ready`, `trying` (an attempt is marked before it is made), `done`, `failed`. */
  state: string;
  attempts: number;
  next_at: number;
  /** Until when `trying` belongs to the node that marked it. */
  lease_until: number | null;
  created_at: number;
}
export interface WebhookAttemptRow {
  delivery_id: string;
  /** Grows also where the count of attempts begins anew. */
  id: string;
  at: number;
  duration_ms: number | null;
  status: number | null;
  failure: string | null;
  answer: string;
}
