import { learn } from "../state/learn.ts";
import { putTicketDetail } from "../state/tickets.ts";
import type { Client } from "./client.ts";

/** The ticket with its comments and history. */
export async function getTicket(client: Client, ticketId: string): Promise<void> {
  const { ticket, ...detail } = await client.request("ticket.get", { ticketId });
  client.update((s) => putTicketDetail(learn(s, { ticket }, client.now()), ticketId, detail));
}
