import type { CommandInput, TicketFilter } from "@tongdai/shared";
import { put, without } from "../state/same.ts";
import type { Client } from "./client.ts";

export async function saveFilter(
  client: Client,
  input: CommandInput<"ticket_filter.save">,
): Promise<TicketFilter> {
  const { filter } = await client.request("ticket_filter.save", input);
  client.update((s) => ({
    ...s,
    tickets: { ...s.tickets, filters: put(s.tickets.filters, filter.id, filter) },
  }));
  return filter;
}

export async function removeFilter(client: Client, id: string): Promise<void> {
  await client.request("ticket_filter.remove", { id });
  client.update((s) => ({ ...s, tickets: { ...s.tickets, filters: without(s.tickets.filters, id) } }));
}
