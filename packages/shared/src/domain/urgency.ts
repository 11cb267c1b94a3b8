import type { Conversation } from "../contract/conversations.ts";

type Waiting = Pick<Conversation, "interaction" | "unansweredSince" | "lastMessageAt" | "answerUntil">;

/**
 * What the wait is counted from: the queue's clock while nobody has it, the first unanswered word while an answer is owed;
 * `null` when nobody waits.
 */
export function waitingSince({
  interaction,
  unansweredSince,
}: Pick<Waiting, "interaction" | "unansweredSince">): number | null {
  if (!interaction) return null;
  if (interaction.state === "waiting" || interaction.state === "offered") return interaction.waitingSince;
  // What is parked is looked at again when it comes back.
  return interaction.state === "active" ? unansweredSince : null;
}

/** How long one may wait to whom nothing was promised, in milliseconds. */
export const PATIENCE_MS = 12 * 60 * 60_000;

/** What makes a wait bad first: a broken promise, an answer that is no longer possible or free, or its length alone. */
export interface Due {
  readonly at: number;
  readonly reason: "promise" | "window" | "wait";
}

/** When a wait becomes bad, and why; `null` when nobody waits. It changes with what happens, never with the clock. */
export function dueAt(conversation: Omit<Waiting, "lastMessageAt">): Due | null {
  const since = waitingSince(conversation);
  if (since === null) return null;
  const { answerUntil } = conversation;
  const promiseMs = conversation.interaction?.promiseMs ?? null;
  const at = since + (promiseMs ?? PATIENCE_MS);
  if (answerUntil !== null && answerUntil < at) return { at: answerUntil, reason: "window" };
  return { at, reason: promiseMs === null ? "wait" : "promise" };
}

/** Longer than any time in milliseconds that we shall see. */
const rank = 100_000_000_000_000;

/**
 * Where open work stands in an inbox, the least first: what is being offered, then whoever waits for an answer, by what
 * becomes bad first; then work in hand, by when it can no longer be answered, and where that is always possible newest first;
 * then wrap-up; then what is parked, by its return. The store keeps the same number beside each conversation.
 */
export function urgency(conversation: Waiting): number {
  const due = dueAt(conversation)?.at ?? null;
  const { lastMessageAt, answerUntil } = conversation;
  switch (conversation.interaction?.state) {
    case "offered":
      return due ?? 0;
    case "waiting":
    case "active":
      if (due !== null) return rank + due;
      return answerUntil === null ? 4 * rank - lastMessageAt : 2 * rank + answerUntil;
    case "wrap_up":
      return 5 * rank - lastMessageAt;
    case "parked":
      return 6 * rank + (conversation.interaction.parked?.until ?? 0);
    default:
      return Number.MAX_SAFE_INTEGER;
  }
}
