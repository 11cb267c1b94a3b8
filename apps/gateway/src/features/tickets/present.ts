import { maskText, type Ticket, type TicketComment, TicketPriority, TicketStatus } from "@tongdai/shared";
import type { Queryable } from "../../store/index.ts";
import type { TicketCommentRow } from "../../store/schema.ts";
import { linksOf, type TicketView, ticketById } from "../../store/tickets.ts";

/** These rows' tickets in their order. */
export async function toTickets(q: Queryable, rows: readonly TicketView[]): Promise<Ticket[]> {
  const links = await linksOf(
    q,
    rows.map((r) => r.id),
  );
  return rows.map((row) => toTicket(row, links.get(row.id) ?? []));
}

const toTicket = (row: TicketView, interactionIds: string[]): Ticket => ({
  id: row.id,
  number: row.number,
  subject: row.subject,
  status: TicketStatus.parse(row.status),
  priority: TicketPriority.parse(row.priority),
  ownerId: row.owner_id,
  queueId: row.queue_id,
  customerId: row.customer_id,
  // Some customers are called by their number. It is masked here for everybody: to read it one opens the customer.
  customerName: maskText(row.customer_name),
  dueAt: row.due_at,
  interactionIds,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
  version: row.version,
});

export async function presentTicket(q: Queryable, row: TicketView): Promise<Ticket> {
  const [ticket] = await toTickets(q, [row]);
  if (!ticket) throw new Error("one row gives one ticket");
  return ticket;
}

/** The ticket as the work has left it. */
export async function ticketNow(q: Queryable, id: string): Promise<Ticket> {
  const row = await ticketById(q, id);
  if (!row) throw new Error(`ticket ${id} is gone`);
  return presentTicket(q, row);
}

export const toComment = (row: TicketCommentRow): TicketComment => ({
  id: row.id,
  ticketId: row.ticket_id,
  authorId: row.author_id,
  text: row.text,
  at: row.at,
});
