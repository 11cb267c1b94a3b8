import { fold, type Ticket, type TicketComment, type TicketQuery } from "@tongdai/shared";
import type { State, TicketDetail, TicketList } from "./model.ts";
import { same } from "./same.ts";
import { tableGet, tableSet } from "./table.ts";

/** What a saved filter or a search keeps, as the gateway decides it. */
export function ticketMatches(query: TicketQuery, ticket: Ticket, myId: string | null, now: number): boolean {
  const { statuses, priorities, owner, customerId, overdue, text } = query;
  if (statuses && !statuses.includes(ticket.status)) return false;
  if (priorities && !priorities.includes(ticket.priority)) return false;
  if (owner && ticket.ownerId !== ownerId(owner, myId)) return false;
  if (customerId && ticket.customerId !== customerId) return false;
  if (overdue !== undefined && isOverdue(ticket, now) !== overdue) return false;
  return !text || fold(`${ticket.number} ${ticket.subject} ${ticket.customerName}`).includes(fold(text));
}

export const isOverdue = (ticket: Ticket, now: number): boolean =>
  ticket.dueAt !== null && ticket.dueAt < now && ticket.status !== "solved" && ticket.status !== "closed";

const ownerId = (owner: string, myId: string | null): string | null => {
  if (owner === "me") return myId;
  return owner === "none" ? null : owner;
};

/** A ticket as it now is, in the table and at the head of each list that it newly belongs to. @param at the event's time */
export function putTicket(state: State, ticket: Ticket, at: number): State {
  const old = tableGet(state.tickets.byId, ticket.id);
  if (old && (old.version > ticket.version || same(old, ticket))) return state;
  const myId = state.session.me?.id ?? null;
  const lists = Object.fromEntries(
    Object.entries(state.tickets.lists).map(([key, list]) => [key, placeTicket(list, ticket, myId, at)]),
  );
  const byId = tableSet(state.tickets.byId, ticket.id, ticket);
  return { ...state, tickets: { ...state.tickets, byId, lists } };
}

function placeTicket(list: TicketList, ticket: Ticket, myId: string | null, at: number): TicketList {
  const held = list.ids.includes(ticket.id);
  const belongs = ticketMatches(list.query, ticket, myId, at);
  if (held === belongs) return list;
  const ids = held ? list.ids.filter((id) => id !== ticket.id) : [ticket.id, ...list.ids];
  return { ...list, ids };
}

export const ticketListKey = (query: TicketQuery): string => JSON.stringify(query, Object.keys(query).sort());

export function putTicketPage(
  state: State,
  query: TicketQuery,
  page: { tickets: readonly Ticket[]; next: string | null; first: boolean },
): State {
  const key = ticketListKey(query);
  const old = state.tickets.lists[key];
  const before = page.first ? [] : (old?.ids ?? []);
  const ids = [...new Set([...before, ...page.tickets.map((t) => t.id)])];
  const known = page.tickets.reduce((s, t) => {
    const current = tableGet(s, t.id);
    return current && current.version > t.version ? s : tableSet(s, t.id, t);
  }, state.tickets.byId);
  const list: TicketList = { query, ids, next: page.next, status: "ready" };
  return {
    ...state,
    tickets: { ...state.tickets, byId: known, lists: { ...state.tickets.lists, [key]: list } },
  };
}

export function markTicketList(state: State, query: TicketQuery, status: TicketList["status"]): State {
  const key = ticketListKey(query);
  const old = state.tickets.lists[key] ?? { query, ids: [], next: null, status: "idle" };
  if (old.status === status) return state;
  return {
    ...state,
    tickets: { ...state.tickets, lists: { ...state.tickets.lists, [key]: { ...old, status } } },
  };
}

export function putTicketDetail(state: State, ticketId: string, detail: TicketDetail): State {
  const details = { ...state.tickets.details, [ticketId]: detail };
  return { ...state, tickets: { ...state.tickets, details } };
}

export function putTicketComment(state: State, comment: TicketComment): State {
  const detail = state.tickets.details[comment.ticketId];
  if (!detail || detail.comments.some((c) => c.id === comment.id)) return state;
  const comments = [...detail.comments, comment].sort((a, b) => a.at - b.at);
  return putTicketDetail(state, comment.ticketId, { ...detail, comments });
}
