import type { Customer, EventData } from "@tongdai/shared";
import { putConversation } from "./conversations.ts";
import { putCustomer, putTimeline } from "./customers.ts";
import type { State } from "./model.ts";
import { tableGet, tableRemove, tableValues } from "./table.ts";
import { markTicketList, putTicket } from "./tickets.ts";

type Regrouped = EventData<"customer.linked">;

/** Customers were linked, or taken apart: whose identity it is decides whose the conversation is. */
export function regroup(state: State, event: Regrouped, at: number): State {
  const known = event.customers.reduce(putCustomer, state);
  const moved = moveTickets(moveConversations(known, event.customers), event, at);
  const [first] = event.customers;
  const followed = first ? event.gone.reduce((s, id) => followCard(s, id, first.id), moved) : moved;
  return staleLists(withoutGone(followed, event), event);
}

function moveConversations(state: State, customers: readonly Customer[]): State {
  const owners = new Map(customers.flatMap((c) => c.identities.map((i) => [i.id, c] as const)));
  let next = state;
  for (const c of tableValues(state.conversations)) {
    const owner = owners.get(c.identityId);
    if (!owner || (c.customerId === owner.id && c.customerName === owner.name)) continue;
    const interaction = c.interaction && { ...c.interaction, customerId: owner.id };
    next = putConversation(next, { ...c, customerId: owner.id, customerName: owner.name, interaction });
  }
  return next;
}

function moveTickets(state: State, { customers, tickets }: Regrouped, at: number): State {
  const names = new Map(customers.map((c) => [c.id, c.name]));
  return tickets.reduce((s, { ticketId, customerId }) => {
    const ticket = tableGet(s.tickets.byId, ticketId);
    if (!ticket) return s;
    return putTicket(
      s,
      { ...ticket, customerId, customerName: names.get(customerId) ?? ticket.customerName },
      at,
    );
  }, state);
}

/** What was loaded of those who have no card any more stands on the card that they share, until it is asked for anew. */
function withoutGone(state: State, { customers: [first], gone }: Regrouped): State {
  if (!first || gone.length === 0) return state;
  const { timelines } = state.customers;
  const entries = [first.id, ...gone].flatMap((id) => timelines[id]?.entries ?? []);
  const known = timelines[first.id] ? putTimeline(state, first.id, { entries: newestFirst(entries) }) : state;
  const kept = Object.entries(known.customers.timelines).filter(([id]) => !gone.includes(id));
  const byId = gone.reduce(tableRemove, known.customers.byId);
  return { ...known, customers: { ...known.customers, byId, timelines: Object.fromEntries(kept) } };
}

const newestFirst = <E extends { readonly seq: number }>(entries: readonly E[]): E[] =>
  [...new Map(entries.map((e) => [e.seq, e])).values()].sort((a, b) => b.seq - a.seq);

/** Whoever looks at a customer looks at the card that it is on now. */
export function followCard(state: State, customerId: string, cardId: string): State {
  const { route } = state.ui;
  if (customerId === cardId || route.name !== "customers" || route.customerId !== customerId) return state;
  return { ...state, ui: { ...state.ui, route: { ...route, customerId: cardId } } };
}

/** A timeline and a list of tickets that others' entries came to or went from. */
function staleLists(state: State, { customers }: Regrouped): State {
  let next = state;
  for (const { id } of customers) {
    if (next.customers.timelines[id]?.status === "ready") next = putTimeline(next, id, { status: "stale" });
    for (const { query, status } of Object.values(next.tickets.lists))
      if (query.customerId === id && status === "ready") next = markTicketList(next, query, "stale");
  }
  return next;
}
