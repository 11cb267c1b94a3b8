import { isTicketDone, TicketStatus } from "@tongdai/shared";
import type { Queryable } from "../../store/index.ts";
import { ticketOfInteraction } from "../../store/tickets.ts";

/** Whether an interaction left a ticket that somebody still owes. */
export async function hasOpenTicket(q: Queryable, interactionId: string): Promise<boolean> {
  const ticket = await ticketOfInteraction(q, interactionId);
  return ticket !== undefined && !isTicketDone(TicketStatus.parse(ticket.status));
}
