import { type ChannelId, type Conversation, type InboxOrder, type InboxView, urgency } from "@tongdai/shared";
import { compareText } from "./ordered.ts";

export interface InboxFilter {
  readonly view: InboxView;
  readonly order: InboxOrder;
  readonly unread: boolean;
  /** Only where somebody mentioned me and I have not looked since. */
  readonly mentioned: boolean;
  readonly channel: ChannelId | null;
}

export const filterKey = (filter: InboxFilter): string =>
  `${filter.view}.${filter.order}.${filter.unread ? "unread" : "any"}.${filter.mentioned ? "mentioned" : "whoever"}.${filter.channel ?? "every"}`;

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

export type Order = (a: Conversation, b: Conversation) => number;

const byUrgency: Order = (a, b) => urgency(a) - urgency(b) || compareText(a.id, b.id);

const byTime: Order = (a, b) => b.lastMessageAt - a.lastMessageAt || compareText(b.id, a.id);

/** As the gateway's pages come: `all` is a history and goes by time alone. */
export const orderOf = (filter: InboxFilter): Order => (isByTime(filter) ? byTime : byUrgency);

export const isByTime = ({ view, order }: InboxFilter): boolean => view === "all" || order === "newest";
