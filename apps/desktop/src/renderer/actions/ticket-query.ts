import { TicketQuery } from "@tongdai/shared";
import type { Client } from "./client.ts";

/** By person: on a machine that two people share each finds their own again. */
const keyOf = (client: Client) => `tongdai.tickets.${client.store.getState().session.me?.id ?? ""}`;

/** What the list of tickets asked for last. */
export function readTicketQuery(client: Client): TicketQuery | null {
  try {
    const kept = TicketQuery.safeParse(JSON.parse(client.storage.get(keyOf(client)) ?? "null"));
    return kept.success ? kept.data : null;
  } catch {
    return null;
  }
}

export const keepTicketQuery = (client: Client, query: TicketQuery): void =>
  client.storage.set(keyOf(client), JSON.stringify(query));
