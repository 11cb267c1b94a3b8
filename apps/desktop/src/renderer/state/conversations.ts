import type { Conversation } from "@tongdai/shared";
import { filterKey, type InboxFilter, type Mine, matches, type Order, orderOf } from "./inbox-filter.ts";
import type { InboxList, LoadStatus, State } from "./model.ts";
import { position, removeAt } from "./ordered.ts";
import { same, without } from "./same.ts";
import { type Table, tableGet, tableRemove, tableSet, tableSetAll } from "./table.ts";

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

/** A page of a list. The first page after a snapshot replaces what was shown, later ones join it. */
export function putPage(
  state: State,
  filter: InboxFilter,
  page: { conversations: readonly Conversation[]; next: string | null; first: boolean },
): State {
  const next = putMany(state, page.conversations);
  const key = filterKey(filter);
  const old = next.inbox.lists[key];
  const keep = page.first && old?.status !== "ready" ? [] : (old?.ids ?? []);
  const ids = joined(next, { filter, ids: keep }, page.conversations);
  return withList(next, key, { filter, ids, next: page.next, status: "ready" });
}

/** As `putFetched` for each, but each list is rebuilt once. */
function putMany(state: State, fetched: readonly Conversation[]): State {
  const changed = fetched.filter((c) => {
    const old = tableGet(state.conversations, c.id);
    return !old || !(isNewer(old, c) || same(old, c));
  });
  if (changed.length === 0) return state;
  const conversations = tableSetAll(state.conversations, changed);
  const next = { ...state, conversations };
  const lists = mapLists(state.inbox.lists, (list) => {
    const known = new Set(list.ids);
    const touched = list.filter.view === "all" ? changed.filter((c) => known.has(c.id)) : changed;
    return touched.length === 0 ? list : { ...list, ids: joined(next, list, touched) };
  });
  return { ...next, inbox: { ...state.inbox, lists } };
}

/** The ids of a list with these conversations where they belong. */
function joined(
  state: State,
  { filter, ids }: Pick<InboxList, "filter" | "ids">,
  changed: readonly Conversation[],
): readonly string[] {
  const { conversations } = state;
  const mine = mineOf(state);
  const order = orderOf(filter);
  const moved = new Set(changed.map((c) => c.id));
  const rest = ids.filter((id) => !moved.has(id));
  const incoming = [...moved]
    .map((id) => tableGet(conversations, id))
    .filter((c) => c !== undefined)
    .filter((c) => matches(filter, c, mine))
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

export function markList(state: State, filter: InboxFilter, status: LoadStatus): State {
  const key = filterKey(filter);
  const old = state.inbox.lists[key];
  if (old?.status === status) return state;
  return withList(state, key, old ? { ...old, status } : { filter, ids: [], next: null, status });
}

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
  if (at < 0 && !matches(list.filter, next, mine)) return list;
  const ids = list.ids.slice();
  if (at >= 0) ids.splice(at, 1);
  if (!matches(list.filter, next, mine)) return { ...list, ids };
  const to = placeOf(ids, next, table, order);
  // What belongs below the last loaded row of a history comes with its page.
  const beyond = at < 0 && list.next !== null && to === ids.length && list.filter.view === "all";
  if (to === at || beyond) return list;
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
