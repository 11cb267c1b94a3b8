/** Why an interaction left the agent or the queue that had it. Codes are stable: they are journaled, and translated by the client. */
export type StepReason =
  | "customer_wrote"
  | "claimed"
  | "started_by_agent"
  | "declined"
  | "missed"
  | "agent_lost"
  | "agent_signed_off"
  | "transferred"
  | "taken_over"
  | "prioritised"
  | "put_back"
  | "wrap_up_over"
  | "unresolved"
  | "closed"
  | "out_of_hours"
  | "withdrawn";
