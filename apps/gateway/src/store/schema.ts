import type { Generated, GeneratedAlways } from "kysely";
import type { ClueRow } from "./clues.ts";
import type { PartRow } from "./message-parts.ts";
import type { ChannelAccountRow } from "./schema-accounts.ts";
import type { CustomerRow, IdentityRow } from "./schema-customers.ts";
import type {
  DeliveryRow,
  MentionRow,
  MessageBodyRow,
  MessageChangeRow,
  PostRow,
} from "./schema-messages.ts";
import type {
  CannedReplyRow,
  RoleRow,
  SessionRow,
  SignatureRow,
  SkillRow,
  TeamRow,
  UserRow,
} from "./schema-people.ts";
import type {
  CallRow,
  CompanionRow,
  DialRow,
  DraftRow,
  ReportSegmentRow,
  ReportStretchRow,
  TicketCommentRow,
  TicketRow,
  WhisperRow,
} from "./schema-records.ts";
import type { WebhookAttemptRow, WebhookDeliveryRow, WebhookRow } from "./schema-webhooks.ts";

export type {
  CannedReplyRow,
  ChannelAccountRow,
  CustomerRow,
  DeliveryRow,
  DraftRow,
  IdentityRow,
  MentionRow,
  MessageChangeRow,
  PostRow,
  ReportSegmentRow,
  ReportStretchRow,
  SessionRow,
  SignatureRow,
  TeamRow,
  TicketCommentRow,
  TicketRow,
  UserRow,
};

/** Grows with each save; a save that is based on an older one is refused. A new row begins at 1. */
type Versioned<Row extends { version: number }> = Omit<Row, "version"> & { version: Generated<number> };

import type { ConnectionRow, PlaceRow } from "./connections.ts";
import type { ConsentRow } from "./consents.ts";
import type { CredentialRow } from "./credentials.ts";

/**
 * One shape for both engines: columns are text or integer, times epoch milliseconds, ids UUID v7 text, booleans 0/1,
 * documents JSON text (parsed by json.ts when read).
 */
export interface Tables {
  user: Omit<Versioned<UserRow>, "must_change"> & { must_change: Generated<number> };
  session: SessionRow;
  audit: AuditRowT;
  hours: Versioned<HoursRow>;
  queue: Versioned<QueueRow>;
  queue_member: { queue_id: string; user_id: string };
  /** A view: who is in which queue, named themselves or as one of a team. */
  queue_staff: { queue_id: string; user_id: string };
  role: RoleRow;
  team: TeamRow;
  team_member: { team_id: string; user_id: string };
  team_lead: { team_id: string; user_id: string };
  queue_team: { queue_id: string; team_id: string };
  skill: Versioned<SkillRow>;
  agent_state: Omit<AgentStateRow, "phone"> & { phone: Generated<number> };
  channel_account: Omit<Versioned<ChannelAccountRow>, "facts" | "alarms"> & {
    facts: Generated<string>;
    alarms: Generated<string>;
  };
  customer: CustomerRow;
  identity: IdentityRow;
  clue: ClueRow;
  /** Customers of whom somebody says that they are not the same; the smaller id stands first. */
  apart: { one_id: string; other_id: string };
  post: PostRow;
  conversation: Omit<
    ConversationRow,
    "thread" | "subject" | "post_id" | "unsent" | "promise_ms" | "answer_until"
  > & {
    thread: Generated<string>;
    subject: Generated<string>;
    post_id: Generated<string | null>;
    unsent: Generated<number>;
    promise_ms: Generated<number | null>;
    answer_until: Generated<number | null>;
    urgency: GeneratedAlways<number | null>;
  };
  message: MessageRow;
  message_body: MessageBodyRow;
  message_change: MessageChangeRow;
  mention: MentionRow;
  message_part: PartRow;
  delivery: DeliveryRow;
  interaction: Omit<InteractionRow, "promise_ms"> & { promise_ms: Generated<number | null> };
  offer: OfferRow;
  draft: DraftRow;
  canned_reply: Versioned<CannedReplyRow>;
  signature: SignatureRow;
  media: MediaRow;
  outbox: OutboxRow;
  timer: TimerRow;
  instance: InstanceRow;
  presence: { instance_id: string; user_id: string };
  journal: JournalRow;
  ticket: TicketRow;
  ticket_interaction: { ticket_id: string; interaction_id: string };
  ticket_comment: TicketCommentRow;
  ticket_filter: { id: string; user_id: string; name: string; query: string };
  report_segment: ReportSegmentRow;
  report_stretch: ReportStretchRow;
  webhook: WebhookRow;
  webhook_delivery: WebhookDeliveryRow;
  webhook_attempt: WebhookAttemptRow;
  companion: CompanionRow;
  call: CallRow;
  dial: DialRow;
  whisper: WhisperRow;
  credential: CredentialRow;
  consent: ConsentRow;
  connection: ConnectionRow;
  place: PlaceRow;
  setting: { key: string; value: string };
}

export interface AuditRowT {
  id: string;
  at: number;
  actor_id: string | null;
  address: string | null;
  action: string;
  target: string;
  detail: string;
  /** What can be searched for. */
  folded: string;
}
export interface HoursRow {
  version: number;
  id: string;
  name: string;
  time_zone: string;
  weekly: string;
  days: string;
}
export interface QueueRow {
  version: number;
  id: string;
  name: string;
  offer_seconds: number;
  wrap_up_seconds: number;
  promise_ms: number | null;
  dispositions: string;
  /** Null: the usual. */
  wrap_up: string | null;
  /** Null: always open. */
  hours_id: string | null;
  /** Null: hold, and say nothing. */
  out_of_hours: string | null;
  /** What happens with whoever waits long; null: nothing. */
  waiting: string | null;
  /** How its work finds its agent. */
  rules: string;
}
export interface AgentStateRow {
  user_id: string;
  state: string;
  reason: string | null;
  since: number;
  /** When the longest time of this state is over. */
  over_at: number | null;
  limit_call: number;
  limit_chat: number;
  limit_mail: number;
  /** When the agent last took or finished work, or became available. */
  idle_since: number;
  /** When the agent was last made an offer. */
  offered_at: number;
  /** Set while no client of the agent is connected to any instance. */
  lost_at: number | null;
  /** Work parked until then was kept while the agent signed off, and comes back with them. */
  keeps_until: number | null;
  /** 1: a phone of theirs is registered. */
  phone: number;
}
export interface ConversationRow {
  id: string;
  channel: string;
  account_id: string;
  identity_id: string;
  /** Which of the identity's threads on the account; empty where there is only one. */
  thread: string;
  subject: string;
  /** What it stands beneath, in public; null: it is private. */
  post_id: string | null;
  customer_id: string;
  queue_id: string;
  unread: number;
  /** See `unsent` of the contract. */
  unsent: number;
  preview_text: string;
  preview_direction: string;
  preview_attachment: string | null;
  /** The agent whose words the preview is; null: the customer's, or written outside. */
  preview_author_id: string | null;
  last_message_at: number;
  last_inbound_at: number | null;
  window_opened_at: number | null;
  window_refused_at: number | null;
  human_window_refused_at: number | null;
  /** When the customer wrote the first message that nobody has answered. */
  unanswered_since: number | null;
  /** Everything of ours up to here has reached the customer; only grows. */
  delivered_until: number;
  read_until: number;
  /** The interaction that is not closed, with its state and owner beside it for the inbox's lists. */
  interaction_id: string | null;
  interaction_state: string | null;
  waiting_since: number | null;
  parked_until: number | null;
  owner_id: string | null;
  promise_ms: number | null;
  /** See `answerUntil` of the domain. */
  answer_until: number | null;
}
export interface MessageRow {
  id: string;
  conversation_id: string;
  account_id: string;
  interaction_id: string | null;
  kind: string;
  direction: string;
  author_kind: string;
  author_id: string | null;
  text: string;
  folded: string;
  attachments: string;
  reply_to_id: string | null;
  reply_to_external_id: string | null;
  reply_excerpt: string;
  reactions: string;
  mentions: string;
  state: string;
  /** When it came to this state; null: with the message. */
  state_at: number | null;
  error: string | null;
  event: string | null;
  /** See letter-row.ts of the conversations; null: it is none. */
  letter: string | null;
  /** See template-row.ts of the conversations; null: it was not made of one. */
  template: string | null;
  /** See comment-row.ts of the conversations; null: it is none. */
  comment: string | null;
  /** The vendor's id of the comment that it answers in private. */
  private_to: string | null;
  /** What a vendor that drops repetitions is to take it for now; null: the message's own id. */
  sending_id: string | null;
  revision: number;
  external_id: string | null;
  /** The vendor's own time of an outgoing message, by its echo or else the earliest by its answer; receipts are compared with it. */
  vendor_at: number | null;
  client_id: string | null;
  /** Position among the messages that one command made. */
  part: number;
  at: number;
  created_at: number;
}
export interface InteractionRow {
  id: string;
  conversation_id: string;
  customer_id: string;
  channel: string;
  /** `call`, `chat` or `mail`: what it takes of an agent. */
  work: string;
  queue_id: string;
  state: string;
  owner_id: string | null;
  /** Points that a supervisor added. */
  boost: number;
  /** Its place in the queue's line as far as time does not change it: see `rankAt` of the domain. */
  rank_at: number;
  opened_at: number;
  waiting_since: number;
  /** What its queue promised when the work came there. */
  promise_ms: number | null;
  accepted_at: number | null;
  /** Put aside by its owner until then. */
  parked_until: number | null;
  /** Whom it comes back to: `agent` or `queue`. */
  return_to: string | null;
  wrap_up_until: number | null;
  /** How often the wrap-up was extended. */
  extensions: number;
  closed_at: number | null;
  disposition: string | null;
  /** Answers to what was asked at wrap-up. */
  form: string | null;
  /** Who had the customer a short while ago. */
  last_agent_id: string | null;
  /** Nobody else may have it. */
  transferred_to: string | null;
  declined_by: string;
  /** Code of what the router last found in the way. */
  wait_reason: string | null;
  /** It came while its queue was closed: when that opens. Nothing is offered before it is taken away. */
  held_until: number | null;
  /** How far its queue's wait rules have come; null: there are none. */
  wait: string | null;
  /** 1: the router is to look at it, whoever has room. */
  look_again: number;
  version: number;
}
export interface OfferRow {
  id: string;
  interaction_id: string;
  /** The interaction's. */
  work: string;
  user_id: string;
  made_at: number;
  deadline: number;
  /** `open` or how it ended. */
  state: string;
  reasons: string;
}
export interface MediaRow {
  id: string;
  /** SHA-256 of the bytes, hex: the name of the file on disk. */
  hash: string;
  name: string;
  mime: string;
  size: number;
  kind: string;
  width: number | null;
  height: number | null;
  thumbnail: number;
  /** Null: came in on a conversation. */
  uploaded_by: string | null;
  /** Who may see it, beside the uploader. */
  conversation_id: string | null;
  created_at: number;
}
export interface OutboxRow {
  id: string;
  /** See `OutboxPayload`. */
  kind: string;
  account_id: string;
  /** Rows of one lane leave in order of id. */
  lane: string;
  payload: string;
  /** `ready`, `trying` (an attempt is marked before it is made), `held` (the account is paused). */
  state: string;
  attempts: number;
  next_at: number;
  /** Until when `trying` belongs to the node that marked it. */
  lease_until: number | null;
}
export interface TimerRow {
  /** What it is for, for example `offer:<id>`: one timer a thing. */
  key: string;
  kind: string;
  subject_id: string;
  due_at: number;
}
/** A gateway process that uses this store. */
export interface InstanceRow {
  id: string;
  /** When it last said that it lives, by the store's clock: PostgreSQL's own, or the one process's. */
  seen_at: number;
  /** What its own wall clock said then. */
  wall_at: number;
}
export interface JournalRow {
  seq: Generated<number>;
  at: number;
  name: string;
  actor_id: string | null;
  /** JSON array of the rooms that may see it. */
  scopes: string;
  data: string;
  customer_id: string | null;
  conversation_id: string | null;
  interaction_id: string | null;
  ticket_id: string | null;
}
