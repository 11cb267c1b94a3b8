import type { TicketQuery } from "@tongdai/shared";
import { markTicketList, putTicketPage, ticketListKey } from "../state/tickets.ts";
import type { Client } from "./client.ts";

/** The first page of what a query finds, unless it is here and true. Read it with `selectTicketList`. */
export async function listTickets(client: Client, query: TicketQuery): Promise<void> {
  const known = client.store.getState().tickets.lists[ticketListKey(query)];
  if (known?.status === "ready" || known?.status === "loading") return;
  const isStale = known?.status === "stale";
  if (!isStale) client.update((s) => markTicketList(s, query, "loading"));
  try {
    const page = await client.request("ticket.list", { query });
    client.update((s) => putTicketPage(s, query, { ...page, first: true }));
  } catch (cause) {
    client.update((s) => markTicketList(s, query, isStale ? "stale" : "failed"));
    throw cause;
  }
}

/** The page after what is here. */
export async function listMoreTickets(client: Client, query: TicketQuery): Promise<void> {
  const cursor = client.store.getState().tickets.lists[ticketListKey(query)]?.next;
  if (!cursor) return;
  const page = await client.request("ticket.list", { query, cursor });
  client.update((s) => putTicketPage(s, query, { ...page, first: false }));
}
