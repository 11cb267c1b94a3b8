import type { Conversation } from "@tongdai/shared";
import { filterKey, type InboxFilter, type Mine, matches, type Order, orderOf } from "./inbox-filter.ts";
import type { InboxList, LoadStatus, State } from "./model.ts";
import { position, removeAt } from "./ordered.ts";
import { same, without } from "./same.ts";
import { selectList } from "./selectors.ts";
import {
  emptyTable,
  type Table,
  tableGet,
  tableRemove,
  tableSet,
  tableSetAll,
  tableValues,
} from "./table.ts";

type Lists = Readonly<Record<string, InboxList>>;

/** One conversation as it now is, in the table and in every list that holds or must hold it. */
export function putConversation(state: State, next: Conversation): State {
  const old = tableGet(state.conversations, next.id);
  if (old && same(old, next)) return state;
  const mine = mineOf(state);
  const lists = mapLists(state.inbox.lists, (list) => place(list, state.conversations, old, next, mine));
  return {
    ...state,
    conversations: tableSet(state.conversations, next.id, next),
    inbox: lists === state.inbox.lists ? state.inbox : { ...state.inbox, lists },
  };
}

/** What a queue holds for its opening is held until another time, or no longer. */
export function setHeld(state: State, o: { queueId: string; until: number | null }): State {
  let next = state;
  for (const each of tableValues(state.conversations)) {
    const { interaction } = each;
    if (interaction?.queueId === o.queueId && interaction.heldUntil !== null)
      next = putConversation(next, { ...each, interaction: { ...interaction, heldUntil: o.until } });
  }
  return next;
}

/** Whether a mention of me waits in a conversation; the lists of such conversations follow. */
export function setMentioned(state: State, id: string, on: boolean): State {
  if (state.mentions.has(id) === on) return state;
  const mentions = new Set(state.mentions);
  if (on) mentions.add(id);
  else mentions.delete(id);
  const next = { ...state, mentions };
  const of = tableGet(state.conversations, id);
  if (!of) return next;
  const lists = mapLists(state.inbox.lists, (list) =>
    list.filter.mentioned ? place(list, state.conversations, of, of, mineOf(next)) : list,
  );
  return lists === state.inbox.lists ? next : { ...next, inbox: { ...state.inbox, lists } };
}

const mineOf = ({ session, mentions }: State): Mine => ({ myId: session.me?.id ?? null, mentions });

/** An answer may have been made before an event that overtook it: what is newer stays. */
export function putFetched(state: State, fetched: Conversation): State {
  const old = tableGet(state.conversations, fetched.id);
  return old && isNewer(old, fetched) ? state : putConversation(state, fetched);
}

function isNewer(a: Conversation, b: Conversation): boolean {
  if (a.lastMessageAt > b.lastMessageAt) return true;
  return (
    a.interaction?.id === b.interaction?.id && (a.interaction?.version ?? 0) > (b.interaction?.version ?? 0)
  );
}

export function removeConversation(state: State, id: string): State {
  const old = tableGet(state.conversations, id);
  const threads = without(state.threads, id);
  if (!old) return threads === state.threads ? state : { ...state, threads };
  const lists = mapLists(state.inbox.lists, (list) => {
    const at = indexOf(list.ids, old, state.conversations, orderOf(list.filter));
    return at < 0 ? list : { ...list, ids: removeAt(list.ids, at) };
  });
  return {
    ...state,
    threads,
    conversations: tableRemove(state.conversations, id),
    inbox: { ...state.inbox, lists },
  };
}

/**
 * A page of a list. The first page after a snapshot replaces what was shown, later ones join it. @param page.after the cursor
 * it was asked by; `null`: the first
 */
export function putPage(
  state: State,
  filter: InboxFilter,
  page: { conversations: readonly Conversation[]; next: string | null; after: string | null },
): State {
  const next = putMany(state, page.conversations);
  const key = filterKey(filter);
  const old = next.inbox.lists[key] ?? emptyList(filter);
  // Asked for before the list began anew or was trimmed: joined now it would leave a gap.
  const isLate = page.after !== null && (old.status !== "ready" || old.end?.next !== page.after);
  if (isLate) return withList(next, key, { ...old, isGrowing: false });
  const fresh = old.status !== "ready";
  const edge = page.conversations.at(-1);
  const end = page.next !== null && edge ? { next: page.next, edge } : null;
  const list: InboxList = { ...old, ids: fresh ? [] : old.ids, end, status: "ready", isGrowing: false };
  const ids = joined(next, list, page.conversations);
  const head = fresh || old.head === null ? (ids.length >= headRows ? end : null) : old.head;
  return withList(next, key, { ...list, ids, head });
}

const emptyList = (filter: InboxFilter): InboxList => ({
  filter,
  ids: [],
  status: "idle",
  end: null,
  head: null,
  isGrowing: false,
});

/** As `putFetched` for each, but each list is rebuilt once. */
function putMany(state: State, fetched: readonly Conversation[]): State {
  const changed = fetched.filter((c) => {
    const old = tableGet(state.conversations, c.id);
    return !old || !(isNewer(old, c) || same(old, c));
  });
  if (changed.length === 0) return state;
  const next = { ...state, conversations: tableSetAll(state.conversations, changed) };
  const mine = mineOf(state);
  const lists = mapLists(state.inbox.lists, (list) => {
    const touched = changed.filter((c) => belongs(list, c, mine) || isIn(list, state.conversations, c.id));
    return touched.length === 0 ? list : { ...list, ids: joined(next, list, touched) };
  });
  return { ...next, inbox: { ...state.inbox, lists } };
}

/** The ids of a list with these conversations where they belong. */
function joined(state: State, list: InboxList, changed: readonly Conversation[]): readonly string[] {
  const { conversations } = state;
  const mine = mineOf(state);
  const order = orderOf(list.filter);
  const moved = new Set(changed.map((c) => c.id));
  const rest = list.ids.filter((id) => !moved.has(id));
  const incoming = [...moved]
    .map((id) => tableGet(conversations, id))
    .filter((c) => c !== undefined)
    .filter((c) => belongs(list, c, mine))
    .sort(order);
  const out: string[] = [];
  let from = 0;
  for (const conversation of incoming) {
    const to = placeOf(rest, conversation, conversations, order);
    for (; from < to; from++) out.push(rest[from] ?? "");
    out.push(conversation.id);
  }
  return out.concat(rest.slice(from));
}

/** Whether a list holds it as far as the list is loaded. */
const belongs = (list: InboxList, conversation: Conversation, mine: Mine): boolean =>
  matches(list.filter, conversation, mine) &&
  (list.end === null || orderOf(list.filter)(conversation, list.end.edge) <= 0);

function isIn(list: InboxList, table: Table<Conversation>, id: string): boolean {
  const old = tableGet(table, id);
  return old !== undefined && indexOf(list.ids, old, table, orderOf(list.filter)) >= 0;
}

/** Rows that a list keeps when nobody looks at it: enough to come back to without waiting. */
const headRows = 300;

/** Lets go of all that was scrolled through in lists other than the one on screen. */
export function trimLists(state: State): State {
  const shown = filterKey(state.inbox.filter);
  const lists = mapLists(state.inbox.lists, (list) => {
    const { head } = list;
    if (head === null || list.end === head || filterKey(list.filter) === shown) return list;
    const at = placeOf(list.ids, head.edge, state.conversations, orderOf(list.filter));
    return { ...list, ids: list.ids.slice(0, at + 1), end: head };
  });
  if (lists === state.inbox.lists) return state;
  const { route } = state.ui;
  const kept = new Set([
    ...Object.values(lists).flatMap((list) => list.ids),
    ...Object.keys(state.threads),
    ...Object.values(state.offers).map((offer) => offer.conversationId),
    ...(route.name === "inbox" && route.conversationId ? [route.conversationId] : []),
  ]);
  const conversations = [...kept]
    .map((id) => tableGet(state.conversations, id))
    .filter((c) => c !== undefined);
  return {
    ...state,
    conversations: tableSetAll<Conversation>(emptyTable, conversations),
    inbox: { ...state.inbox, lists },
  };
}

export function markList(state: State, filter: InboxFilter, status: LoadStatus): State {
  const old = selectList(state, filter);
  return old?.status === status ? state : changeList(state, filter, { status });
}

export const markGrowing = (state: State, filter: InboxFilter, isGrowing: boolean): State =>
  changeList(state, filter, { isGrowing });

const changeList = (state: State, filter: InboxFilter, change: Partial<InboxList>): State =>
  withList(state, filterKey(filter), { ...(selectList(state, filter) ?? emptyList(filter)), ...change });

const withList = (state: State, key: string, list: InboxList): State => ({
  ...state,
  inbox: { ...state.inbox, lists: { ...state.inbox.lists, [key]: list } },
});

function mapLists(lists: Lists, change: (list: InboxList) => InboxList): Lists {
  let changed: Record<string, InboxList> | null = null;
  for (const [key, list] of Object.entries(lists)) {
    const next = change(list);
    if (next === list) continue;
    changed ??= { ...lists };
    changed[key] = next;
  }
  return changed ?? lists;
}

function place(
  list: InboxList,
  table: Table<Conversation>,
  old: Conversation | undefined,
  next: Conversation,
  mine: Mine,
): InboxList {
  const order = orderOf(list.filter);
  const at = old ? indexOf(list.ids, old, table, order) : -1;
  const stays = belongs(list, next, mine);
  if (at < 0 && !stays) return list;
  const ids = list.ids.slice();
  if (at >= 0) ids.splice(at, 1);
  if (!stays) return { ...list, ids };
  const to = placeOf(ids, next, table, order);
  if (to === at) return list;
  ids.splice(to, 0, next.id);
  return { ...list, ids };
}

function placeOf(
  ids: readonly string[],
  conversation: Conversation,
  table: Table<Conversation>,
  order: Order,
): number {
  return position(ids, (id) => {
    const other = tableGet(table, id);
    return other ? order(other, conversation) : 1;
  });
}

function indexOf(
  ids: readonly string[],
  conversation: Conversation,
  table: Table<Conversation>,
  order: Order,
): number {
  const at = placeOf(ids, conversation, table, order);
  return ids[at] === conversation.id ? at : -1;
}
