export interface TicketRow {
  id: string;
  number: number;
  client_id: string | null;
  subject: string;
  folded: string;
  status: string;
  priority: string;
  owner_id: string | null;
  queue_id: string;
  /** The customer as it was made, whose card it is on by whatever links; never changes. */
  home_id: string;
  customer_id: string;
  due_at: number | null;
  created_at: number;
  updated_at: number;
  version: number;
}
export interface TicketCommentRow {
  id: string;
  client_id: string | null;
  ticket_id: string;
  author_id: string | null;
  text: string;
  at: number;
}
/** Reckoned from the journal, as reports need it: see the feature. */
export interface ReportSegmentRow {
  /** The journal's number of the row that began it. */
  id: number;
  arrived_at: number;
  interaction_id: string;
  customer_id: string;
  /** `open`, or how it ended. */
  state: string;
  /** The journal's number of the row that ended it. */
  end_id: number | null;
  /** How far the journal was read when this was last written. */
  changed_seq: number;
  data: string;
}
export interface ReportStretchRow {
  id: number;
  user_id: string;
  began_at: number;
  /** Null: it lasts. */
  ended_at: number | null;
  changed_seq: number;
  data: string;
}
/** A supervisor with a conversation that somebody else has in hand. */
export interface CompanionRow {
  conversation_id: string;
  user_id: string;
  /** 0: the agents are not told. */
  visible: number;
  joined_at: number;
}
export interface WhisperRow {
  id: string;
  client_id: string;
  conversation_id: string;
  from_id: string;
  /** Who had the work then. */
  agent_id: string;
  text: string;
  at: number;
}

export interface DraftRow {
  conversation_id: string;
  user_id: string;
  text: string;
  media_ids: string;
  reply_to_id: string | null;
  note: number;
  privately: number;
  /** JSON: an unsent letter; null: what an answer has by itself. */
  letter: string | null;
  saved_at: number;
}

/** A call out that was allowed. */
export interface DialRow {
  id: string;
  client_id: string;
  user_id: string;
  queue_id: string;
  /** Whose number is shown. */
  account_id: string;
  conversation_id: string;
  /** That it will be, or is. */
  interaction_id: string;
  number: string;
  purpose: string;
  at: number;
  /** Null: the phone has not called yet. */
  call_id: string | null;
}

export interface CallRow {
  id: string;
  /** Null, as the two below: between two of our own people. */
  interaction_id: string | null;
  conversation_id: string | null;
  account_id: string | null;
  direction: string;
  called: string;
  state: string;
  /** JSON: see `CallLeg` of the contract. */
  legs: string;
  started_at: number;
  answered_at: number | null;
  ended_at: number | null;
  outcome: string | null;
  /** JSON: see `CallCause` of the contract. */
  cause: string | null;
  /** What the exchange goes on with after a restart; its own. */
  talk: string | null;
}
