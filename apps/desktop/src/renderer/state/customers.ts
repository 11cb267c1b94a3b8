import { type Customer, type Message, messageWords, type TimelineEntry } from "@tongdai/shared";
import { putConversation } from "./conversations.ts";
import type { State, Timeline } from "./model.ts";
import { same } from "./same.ts";
import { tableGet, tableSet, tableValues } from "./table.ts";

export function putCustomer(state: State, customer: Customer): State {
  const old = tableGet(state.customers.byId, customer.id);
  if (old && (old.version > customer.version || same(old, customer))) return state;
  const byId = tableSet(state.customers.byId, customer.id, customer);
  return renamed({ ...state, customers: { ...state.customers, byId } }, customer);
}

/** A customer bears one name everywhere: beside the conversations that are here too. */
function renamed(state: State, { id, name }: Customer): State {
  let next = state;
  for (const c of tableValues(state.conversations))
    if (c.customerId === id && c.customerName !== name)
      next = putConversation(next, { ...c, customerName: name });
  return next;
}

export const setCustomerQuery = (state: State, query: string): State =>
  query === state.customers.query ? state : { ...state, customers: { ...state.customers, query } };

export const emptyTimeline: Timeline = { entries: [], next: null, status: "idle" };

export function putTimeline(state: State, customerId: string, change: Partial<Timeline>): State {
  const old = state.customers.timelines[customerId] ?? emptyTimeline;
  const timelines = { ...state.customers.timelines, [customerId]: { ...old, ...change } };
  return { ...state, customers: { ...state.customers, timelines } };
}

export function putTimelinePage(
  state: State,
  customerId: string,
  page: { entries: readonly TimelineEntry[]; next: string | null; first: boolean },
): State {
  const old = page.first ? [] : (state.customers.timelines[customerId]?.entries ?? []);
  const known = new Set(old.map((e) => e.seq));
  const entries = [...old, ...page.entries.filter((e) => !known.has(e.seq))].sort((a, b) => b.seq - a.seq);
  return putTimeline(state, customerId, { entries, next: page.next, status: "ready" });
}

/** Only timelines that are loaded grow: others are fetched when they are opened. */
export function addTimelineEntry(state: State, customerId: string, entry: TimelineEntry): State {
  const timeline = state.customers.timelines[customerId];
  if (!timeline || timeline.entries.some((e) => e.seq === entry.seq)) return state;
  const entries = [entry, ...timeline.entries].sort((a, b) => b.seq - a.seq);
  return putTimeline(state, customerId, { entries });
}

/** A message that was edited or taken back is told as it is now. */
export function changeTimelineMessage(state: State, message: Message): State {
  const words = messageWords(message);
  let next = state;
  for (const [customerId, { entries }] of Object.entries(state.customers.timelines)) {
    const at = entries.findIndex((e) => e.messageId === message.id);
    const old = entries[at];
    if (!old || same({ ...old, ...words }, old)) continue;
    next = putTimeline(next, customerId, { entries: entries.with(at, { ...old, ...words }) });
  }
  return next;
}
