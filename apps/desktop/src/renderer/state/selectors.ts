import type {
  AgentState,
  AwayReason,
  Capabilities,
  ChannelAccount,
  Conversation,
  Customer,
  Message,
  Offer,
  Ticket,
  TicketQuery,
  Webhook,
  WorkKind,
} from "@tongdai/shared";
import { filterKey, type InboxFilter, isByTime } from "./inbox-filter.ts";
import type { DraftState, InboxList, State, Thread, TicketList } from "./model.ts";
import { isMessageItem, type MessageItem } from "./outgoing.ts";
import { tableGet } from "./table.ts";
import { ticketListKey } from "./tickets.ts";

/** Remembers its last answer: a selector that builds an array must give the same one back while nothing changed. */
function remembered<A extends readonly unknown[], R>(compute: (...args: A) => R): (...args: A) => R {
  let last: { args: A; result: R } | null = null;
  return (...args) => {
    if (last?.args.every((arg, i) => arg === args[i])) return last.result;
    last = { args, result: compute(...args) };
    return last.result;
  };
}

export const selectMe = (state: State) => state.session.me;
export const can = (state: State, permission: string): boolean =>
  state.session.permissions.includes(permission);

export const selectAgent = (state: State): AgentState | null =>
  (state.session.me && state.people.agents[state.session.me.id]) ?? null;

const choosable = remembered((rules: State["people"]["stateRules"]) =>
  rules.reasons.filter((r) => !r.retired),
);

const kindsOf = remembered(
  (accounts: State["people"]["accounts"], channels: State["people"]["channels"]): readonly WorkKind[] => [
    ...new Set(Object.values(accounts).flatMap((a) => channels[a.channel]?.capabilities.work ?? [])),
  ],
);

/** The kinds of work that come in over the channels that are connected. */
export const selectWorkKinds = ({ people }: State): readonly WorkKind[] =>
  kindsOf(people.accounts, people.channels);

/** Work that is not over waits for this person: in hand, or parked. */
export const selectHasUnfinished = (state: State): boolean => {
  const { carries } = selectAgent(state) ?? {};
  if (carries && carries.call + carries.chat + carries.mail > 0) return true;
  return (selectList(state, mineFilter)?.ids ?? []).some(
    (id) => selectConversation(state, id)?.interaction?.state === "parked",
  );
};

/** The reasons of being away that can be chosen, in their order. */
export const selectAwayReasons = (state: State): readonly AwayReason[] => choosable(state.people.stateRules);

/** Somebody else answers this customer; who assigns work may step in all the same. */
export const selectIsTaken = (state: State, { interaction }: Conversation): boolean =>
  interaction !== null &&
  interaction.ownerId !== null &&
  interaction.ownerId !== state.session.me?.id &&
  !can(state, "interactions.assign");

const rings = (state: State, { channel }: Conversation): boolean =>
  state.people.channels[channel]?.capabilities.calls === true;

/** Whoever it is about is on the line: it is not put aside, and goes only where it can ring. */
export const isAtThePhone = (state: State, conversation: Conversation): boolean =>
  rings(state, conversation) && isOnTheLine(conversation);

const isOnTheLine = ({ interaction }: Conversation): boolean =>
  interaction !== null && ["waiting", "offered", "active"].includes(interaction.state);

/** One's own work; who assigns work hands on everybody's, and what nobody has yet. A call that is over goes nowhere. */
export const selectMayTransfer = (state: State, conversation: Conversation): boolean =>
  conversation.interaction !== null &&
  (!rings(state, conversation) || isOnTheLine(conversation)) &&
  (conversation.interaction.ownerId === state.session.me?.id || can(state, "interactions.assign"));

export const selectConversation = (state: State, id: string | null): Conversation | null =>
  id === null ? null : (tableGet(state.conversations, id) ?? null);

export const selectOpenId = (state: State): string | null =>
  state.ui.route.name === "inbox" ? state.ui.route.conversationId : null;

export const selectThread = (state: State, id: string): Thread | null => state.threads[id] ?? null;
/** A message among what is loaded of its conversation. */
export function selectMessage(state: State, conversationId: string, id: string): Message | null {
  const thread = state.threads[conversationId];
  const isIt = (m: Message) => m.id === id;
  return thread?.messages.find(isIt) ?? thread?.past?.messages.find(isIt) ?? null;
}

export const selectDraft = (state: State, id: string): DraftState | null => state.drafts[id] ?? null;

export const selectCapabilities = (state: State, conversation: Conversation): Capabilities | null =>
  state.people.channels[conversation.channel]?.capabilities ?? null;

export const selectAccount = (state: State, conversation: Conversation): ChannelAccount | null =>
  state.people.accounts[conversation.accountId] ?? null;

/** The customer beside the work: of the open conversation, the open ticket, or opened on its own. */
export function selectCustomerId(state: State): string | null {
  const { route } = state.ui;
  if (route.name === "customers") return route.customerId;
  if (route.name === "inbox") return selectConversation(state, route.conversationId)?.customerId ?? null;
  if (route.name === "tickets" && route.ticketId)
    return tableGet(state.tickets.byId, route.ticketId)?.customerId ?? null;
  return null;
}

export const selectList = (state: State, filter: InboxFilter): InboxList | null =>
  state.inbox.lists[filterKey(filter)] ?? null;

const mergeOffers = remembered((ids: readonly string[], offers: readonly Offer[]): readonly string[] => {
  const missing = offers.map((o) => o.conversationId).filter((id) => !ids.includes(id));
  return missing.length === 0 ? ids : [...missing, ...ids];
});

const noIds: readonly string[] = [];

/** The rows of the list on screen; an agent's own list begins with what is being offered. */
export function selectRows(state: State): readonly string[] {
  const { filter } = state.inbox;
  const ids = selectList(state, filter)?.ids ?? noIds;
  if (filter.view !== "mine" || filter.unread || filter.mentioned || filter.channel) return ids;
  return mergeOffers(ids, selectMyOffers(state));
}

/** Where what is parked begins in a list by urgency, which ends with it; `null`: nothing is, or the list has another order. */
export function selectParkedFrom(state: State): string | null {
  if (isByTime(state.inbox.filter)) return null;
  const rows = selectRows(state);
  const isParked = (id: string | undefined) =>
    id !== undefined && selectConversation(state, id)?.interaction?.state === "parked";
  let from = rows.length;
  while (isParked(rows[from - 1])) from--;
  return rows[from] ?? null;
}

const offersOf = remembered((offers: State["offers"], myId: string | null): readonly Offer[] =>
  Object.values(offers)
    .filter((o) => o.userId === myId)
    .sort((a, b) => a.deadline - b.deadline),
);

/** Offers to me, the one that ends first ahead. */
export const selectMyOffers = (state: State): readonly Offer[] =>
  offersOf(state.offers, state.session.me?.id ?? null);

const countUnread = remembered((ids: readonly string[], conversations: State["conversations"]): number => {
  let count = 0;
  for (const id of ids) if ((tableGet(conversations, id)?.unread ?? 0) > 0) count++;
  return count;
});

export const mineFilter: InboxFilter = {
  view: "mine",
  order: "urgent",
  unread: false,
  mentioned: false,
  channel: null,
};
export const waitingFilter: InboxFilter = {
  view: "waiting",
  order: "urgent",
  unread: false,
  mentioned: false,
  channel: null,
};

/** How many conversations hold a mention of me that I have not seen. */
export const selectMentions = (state: State): number => state.mentions.size;

export const selectIsMentioned = (state: State, id: string): boolean => state.mentions.has(id);

/** My conversations with something unread: the number on the badge. */
export const selectUnread = (state: State): number =>
  countUnread(selectList(state, mineFilter)?.ids ?? noIds, state.conversations);

export const selectHeld = (state: State): number =>
  state.outgoing.filter((o) => o.name !== "draft.save" && o.status !== "refused").length;

const outgoingOf = remembered(
  (outgoing: State["outgoing"]): ReadonlyMap<string, readonly MessageItem[]> =>
    Map.groupBy(outgoing.filter(isMessageItem), (item) => item.input.conversationId),
);

const nothingOutgoing: readonly MessageItem[] = [];

export const selectOutgoing = (state: State, conversationId: string): readonly MessageItem[] =>
  outgoingOf(state.outgoing).get(conversationId) ?? nothingOutgoing;

const troubled = remembered((accounts: State["people"]["accounts"]): readonly ChannelAccount[] =>
  Object.values(accounts).filter((a) => a.enabled && a.health.state !== "ok" && a.health.state !== "off"),
);

export const selectTroubledAccounts = (state: State): readonly ChannelAccount[] =>
  troubled(state.people.accounts);

const alarmed = remembered((accounts: State["people"]["accounts"]): readonly ChannelAccount[] =>
  Object.values(accounts).filter((a) => a.enabled && a.alarms.length > 0),
);

export const selectAlarmedAccounts = (state: State): readonly ChannelAccount[] =>
  alarmed(state.people.accounts);

const ended = remembered((webhooks: State["people"]["webhooks"]): readonly Webhook[] =>
  Object.values(webhooks).filter((w) => !w.enabled && w.ended !== null),
);

/** Those that have switched themselves off. */
export const selectEndedWebhooks = (state: State): readonly Webhook[] => ended(state.people.webhooks);

export const selectTicket = (state: State, id: string | null): Ticket | null =>
  id === null ? null : (tableGet(state.tickets.byId, id) ?? null);

export const selectTicketList = (state: State, query: TicketQuery): TicketList | null =>
  state.tickets.lists[ticketListKey(query)] ?? null;

export const selectCustomer = (state: State, id: string | null): Customer | null =>
  id === null ? null : (tableGet(state.customers.byId, id) ?? null);

/** What may be done about putting work aside: its owner parks it, and takes it up again as whoever assigns work may. */
export function selectPark(state: State, conversation: Conversation): "park" | "unpark" | null {
  const { interaction } = conversation;
  if (!interaction || isAtThePhone(state, conversation)) return null;
  const isMine = interaction.ownerId === state.session.me?.id;
  if (interaction.state === "parked") return isMine || can(state, "interactions.assign") ? "unpark" : null;
  return isMine && interaction.state === "active" ? "park" : null;
}
