import { isTicketDone, type Ticket, type TicketStatus } from "@tongdai/shared";

/** Where one press takes it: done, or open again. */
export const turned = (ticket: Ticket): TicketStatus => (isTicketDone(ticket.status) ? "open" : "solved");
