import type { Snapshot } from "@tongdai/shared";
import { isEmptyDraft } from "./drafts.ts";
import {
  type InboxList,
  initialState,
  type State,
  type Thread,
  type TicketList,
  type Timeline,
} from "./model.ts";
import { byId } from "./same.ts";

/**
 * The gateway's answer when too much was missed. Lists and threads stay on the screen, marked stale, until they have been
 * fetched again; what the person typed and has not sent is theirs and stays.
 */
export function applySnapshot(
  state: State,
  snapshot: Snapshot,
  at: { readonly head: number; readonly headAt: number | null },
): State {
  return {
    ...state,
    session: {
      ...state.session,
      status: "in",
      me: snapshot.me,
      permissions: snapshot.permissions,
      ended: null,
    },
    connection: {
      ...state.connection,
      lastSeq: at.head,
      lastAt: at.headAt,
      epoch: state.connection.epoch + 1,
    },
    people: {
      users: byId(snapshot.users),
      queues: byId(snapshot.queues),
      agents: Object.fromEntries(snapshot.agents.map((a) => [a.userId, a])),
      channels: byId(snapshot.channels),
      accounts: byId(snapshot.accounts),
      cannedReplies: byId(snapshot.cannedReplies),
      signatures: byOwner(snapshot),
      hours: byId(snapshot.hours),
      skills: byId(snapshot.skills),
      teams: byId(snapshot.teams),
      roles: byId(snapshot.roles),
      capacity: snapshot.capacity,
      stateRules: snapshot.stateRules,
      webhooks: byId(snapshot.webhooks),
    },
    offers: byId(snapshot.offers),
    calls: { ...state.calls, byId: byId(snapshot.calls) },
    mentions: new Set(snapshot.mentions),
    inbox: { ...state.inbox, lists: mapValues(state.inbox.lists, staleEntry<InboxList>) },
    threads: mapValues(state.threads, staleEntry<Thread>),
    typing: {},
    tickets: {
      ...state.tickets,
      details: {},
      lists: mapValues(state.tickets.lists, staleEntry<TicketList>),
      filters: byId(snapshot.ticketFilters),
    },
    customers: {
      ...state.customers,
      timelines: mapValues(state.customers.timelines, staleEntry<Timeline>),
    },
  };
}

/**
 * The gateway was restored from a backup: what it told us since then is not true any more, not even where it looks newer than
 * what comes now. What was typed here is all the same; drafts that only the lost store had count as not saved.
 */
export function forgetHistory(state: State): State {
  const { conversations, threads, inbox, tickets, customers, mentions } = initialState();
  const drafts = mapValues(state.drafts, (d) => (isEmptyDraft(d) ? d : { ...d, dirty: true }));
  return {
    ...state,
    conversations,
    threads,
    inbox: { ...state.inbox, lists: inbox.lists, search: inbox.search },
    tickets,
    customers: { ...customers, query: state.customers.query },
    mentions,
    drafts,
  };
}

const staleEntry = <T extends { readonly status: string }>(entry: T): T | (T & { status: "stale" }) =>
  entry.status === "ready" || entry.status === "loading" ? { ...entry, status: "stale" } : entry;

const mapValues = <T>(entries: Readonly<Record<string, T>>, change: (value: T) => T) =>
  Object.fromEntries(Object.entries(entries).map(([key, value]) => [key, change(value)]));

const byOwner = ({ signatures, ownSignature }: Snapshot): State["people"]["signatures"] =>
  Object.fromEntries([...signatures, ...(ownSignature ? [ownSignature] : [])].map((s) => [s.ownerId, s]));
