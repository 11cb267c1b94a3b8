import type { ChannelId, Conversation, InboxView } from "@tongdai/shared";
import { compareText } from "./ordered.ts";

export interface InboxFilter {
  readonly view: InboxView;
  readonly unread: boolean;
  /** Only where somebody mentioned me and I have not looked since. */
  readonly mentioned: boolean;
  readonly channel: ChannelId | null;
}

export const filterKey = (filter: InboxFilter): string =>
  `${filter.view}.${filter.unread ? "unread" : "any"}.${filter.mentioned ? "mentioned" : "whoever"}.${filter.channel ?? "every"}`;

/** What a list is about me: who I am, and the ids of conversations with a mention of me that I have not seen. */
export interface Mine {
  readonly myId: string | null;
  readonly mentions: ReadonlySet<string>;
}

export function matches(filter: InboxFilter, conversation: Conversation, { myId, mentions }: Mine): boolean {
  if (filter.unread && conversation.unread === 0) return false;
  if (filter.mentioned && !mentions.has(conversation.id)) return false;
  if (filter.channel && conversation.channel !== filter.channel) return false;
  const { interaction } = conversation;
  switch (filter.view) {
    case "mine":
      return interaction !== null && myId !== null && interaction.ownerId === myId;
    case "waiting":
      return interaction !== null && interaction.ownerId === null;
    case "open":
      return interaction !== null;
    case "all":
      return true;
  }
}

/**
 * What the wait is counted from: the queue's clock while nobody has it, the first unanswered word while an answer is owed;
 * `null` when nobody waits.
 */
export function waitingSince(conversation: Conversation): number | null {
  const { interaction } = conversation;
  if (!interaction) return null;
  if (interaction.state === "waiting" || interaction.state === "offered") return interaction.waitingSince;
  return interaction.state === "active" ? conversation.unansweredSince : null;
}

/**
 * Urgency: what is being offered, then whoever waits for an answer, longest first; then work in hand, newest first; then wrap-up;
 * then the rest. `all` is a history and goes by time alone.
 */
function rank(conversation: Conversation): number {
  const state = conversation.interaction?.state;
  if (state === "offered") return 0;
  if (waitingSince(conversation) !== null) return 1;
  if (state === "active") return 2;
  return state === "wrap_up" ? 3 : 4;
}

export type Order = (a: Conversation, b: Conversation) => number;

const byUrgency: Order = (a, b) =>
  rank(a) - rank(b) ||
  (waitingSince(a) ?? 0) - (waitingSince(b) ?? 0) ||
  b.lastMessageAt - a.lastMessageAt ||
  compareText(a.id, b.id);

const byTime: Order = (a, b) => b.lastMessageAt - a.lastMessageAt || compareText(b.id, a.id);

export const orderOf = (filter: InboxFilter): Order => (filter.view === "all" ? byTime : byUrgency);
