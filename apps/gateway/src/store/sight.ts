/** Whose rows a list may hold: those of the queues, those the user owns, and what is offered to the user. */
export interface Sight {
  readonly userId: string;
  /** `null`: every queue. */
  readonly queueIds: readonly string[] | null;
  /** Conversations beside those; most lists are without them. */
  readonly offered?: readonly string[];
}
