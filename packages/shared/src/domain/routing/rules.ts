/** What a piece of work asks of an agent: all of a person, a part of one, or a little. */
export type WorkKind = "call" | "chat" | "mail";

/** A skill and the least level of it, 1 to 5. */
export interface Need {
  readonly skillId: string;
  readonly level: number;
}

/** Whom a queue asks from some waiting time on. Later rings ask for less, so more agents fit. */
export interface Ring {
  /** Milliseconds of waiting; the first ring begins at 0. */
  readonly afterMs: number;
  readonly needs: readonly Need[];
  /** Of those who fit, who meets more of these is asked first. */
  readonly prefers: readonly Need[];
}

export type Strategy = "longest_idle" | "least_loaded" | "round_robin" | "most_skilled";

/** Points; the interaction with most points goes first. */
export interface PriorityRule {
  readonly base: number;
  readonly perMinute: number;
  readonly byTier: Readonly<Record<string, number>>;
  readonly byChannel: Readonly<Record<string, number>>;
  /** Points once the channel's reply window closes within so many milliseconds; the highest that applies counts. */
  readonly byWindow: readonly { readonly withinMs: number; readonly points: number }[];
}

/** Agents of another queue may help after a time, or when the line is longer than a number. */
export interface Overflow {
  readonly queueId: string;
  readonly afterMs: number | null;
  readonly longerThan: number | null;
}

export interface QueueRule {
  readonly queueId: string;
  /** `pull`: nobody is offered anything, agents pick for themselves. */
  readonly mode: "push" | "pull";
  readonly strategy: Strategy;
  readonly priority: PriorityRule;
  /** At least one, in order of `afterMs`. */
  readonly rings: readonly Ring[];
  /** How long work is kept for the agent who had this customer last, while that agent is there. 0: not at all. */
  readonly lastAgentMs: number;
  /** The same for the agent who looks after this customer. */
  readonly ownerMs: number;
  readonly overflow: readonly Overflow[];
}

/** One capacity model for all channels. */
export interface CapacityRule {
  /** The part of a live chat that a chat counts for while the customer owes the next word: 0 to 1. */
  readonly idleChat: number;
  /** Work that may come in on top of other work, as if that were not there. */
  readonly interrupts: readonly { readonly by: WorkKind; readonly over: WorkKind }[];
}

export interface Rules {
  readonly queues: ReadonlyMap<string, QueueRule>;
  readonly capacity: CapacityRule;
}
