import type { Conversation } from "../contract/conversations.ts";

type Waiting = Pick<Conversation, "interaction" | "unansweredSince" | "lastMessageAt">;

/**
 * What the wait is counted from: the queue's clock while nobody has it, the first unanswered word while an answer is owed;
 * `null` when nobody waits.
 */
export function waitingSince({ interaction, unansweredSince }: Waiting): number | null {
  if (!interaction) return null;
  if (interaction.state === "waiting" || interaction.state === "offered") return interaction.waitingSince;
  // What is parked is looked at again when it comes back.
  return interaction.state === "active" ? unansweredSince : null;
}

/** Longer than any time in milliseconds that we shall see. */
const rank = 100_000_000_000_000;

/**
 * Where open work stands in an inbox, the least first: what is being offered, then whoever waits for an answer, longest
 * first; then work in hand, newest first; then wrap-up; then what is parked, by its return. The store keeps the same number beside each conversation.
 */
export function urgency(conversation: Waiting): number {
  const since = waitingSince(conversation);
  switch (conversation.interaction?.state) {
    case "offered":
      return since ?? 0;
    case "waiting":
    case "active":
      return since === null ? 3 * rank - conversation.lastMessageAt : rank + since;
    case "wrap_up":
      return 4 * rank - conversation.lastMessageAt;
    case "parked":
      return 5 * rank + (conversation.interaction.parked?.until ?? 0);
    default:
      return Number.MAX_SAFE_INTEGER;
  }
}
