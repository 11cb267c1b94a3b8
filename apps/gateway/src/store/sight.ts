/** Whose rows a list may hold: those of the queues and those the user owns. */
export interface Sight {
  readonly userId: string;
  /** `null`: every queue. */
  readonly queueIds: readonly string[] | null;
}
