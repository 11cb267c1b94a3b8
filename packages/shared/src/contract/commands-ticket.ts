import { z } from "zod";
import { command } from "./command.ts";
import { ClientId, Cursor, Id, line, Millis, PageSize, text, Version } from "./scalars.ts";
import {
  Ticket,
  TicketComment,
  TicketFilter,
  TicketHistoryEntry,
  TicketPriority,
  TicketQuery,
  TicketStatus,
  TicketTalk,
} from "./tickets.ts";

const ticket = z.object({ ticket: Ticket });

export const ticketCommands = {
  "ticket.list": command(
    "work",
    z.strictObject({ query: TicketQuery, cursor: Cursor.optional(), limit: PageSize }),
    z.object({ tickets: z.array(Ticket), next: Cursor.nullable() }),
  ),
  "ticket.get": command(
    "work",
    z.strictObject({ ticketId: Id }),
    z.object({
      ticket: Ticket,
      comments: z.array(TicketComment),
      history: z.array(TicketHistoryEntry),
      /** The linked interactions and the customer's open ones, of these two those that the asker may see. */
      talks: z.array(TicketTalk),
    }),
  ),
  /** With `interactionId`, the customer and queue come from it. */
  "ticket.create": command(
    "work",
    z.strictObject({
      clientId: ClientId,
      interactionId: Id.nullable().default(null),
      customerId: Id.nullable().default(null),
      subject: line(200),
      comment: text(10_000).default(""),
      priority: TicketPriority.default("normal"),
      ownerId: Id.nullable().default(null),
      dueAt: Millis.nullable().default(null),
    }),
    ticket,
  ),
  "ticket.update": command(
    "work",
    z.strictObject({
      ticketId: Id,
      version: Version,
      subject: line(200).optional(),
      status: TicketStatus.optional(),
      priority: TicketPriority.optional(),
      ownerId: Id.nullable().optional(),
      dueAt: Millis.nullable().optional(),
    }),
    ticket,
  ),
  "ticket.comment": command(
    "work",
    z.strictObject({ clientId: ClientId, ticketId: Id, text: line(10_000) }),
    z.object({ comment: TicketComment }),
  ),
  "ticket.link": command(
    "work",
    z.strictObject({ ticketId: Id, interactionId: Id, linked: z.boolean() }),
    ticket,
  ),
  "ticket_filter.save": command(
    "work",
    z.strictObject({ id: Id.nullable().default(null), name: line(60), query: TicketQuery }),
    z.object({ filter: TicketFilter }),
  ),
  "ticket_filter.remove": command("work", z.strictObject({ id: Id }), z.object({})),
};
