import type { Ticket } from "@tongdai/shared";
import type { Tx } from "../../store/index.ts";
import { type TicketChange, type TicketView, updateTicket } from "../../store/tickets.ts";
import { roomsOf } from "../access.ts";
import { noteText } from "../customers/index.ts";
import { ticketNow } from "./present.ts";

/** Saves a change of a locked ticket and tells: also to whom it was taken from. */
export async function changeTicket(
  tx: Tx,
  was: TicketView,
  o: { change: TicketChange; at: number; actorId: string },
): Promise<Ticket> {
  await updateTicket(tx, was.id, { ...o.change, updated_at: touched(was, o.at), version: was.version + 1 });
  if (o.change.subject !== undefined)
    await noteText(tx, { homeId: was.home_id, text: o.change.subject, source: "ticket", at: o.at });
  const ticket = await ticketNow(tx, was.id);
  tx.journal({
    name: "ticket.updated",
    at: o.at,
    actorId: o.actorId,
    scopes: ticketRooms(ticket, was),
    data: { ticket },
    refs: { customerId: was.home_id, ticketId: was.id },
  });
  return ticket;
}

/** Never backwards, so that a clock set back does not sink a ticket in its list. */
export const touched = (was: TicketView, at: number): number => Math.max(at, was.updated_at);

export const ticketRooms = (ticket: Ticket, was: TicketView): string[] => [
  ...new Set([...roomsOf(was), ...roomsOf({ queue_id: ticket.queueId, owner_id: ticket.ownerId })]),
];
