import { AppError, type CommandParsed, foldedWords, type Ticket, type TicketPriority } from "@tongdai/shared";
import type { Caller, Ctx } from "../../context.ts";
import { newId } from "../../ids.ts";
import { homeOfConversation } from "../../store/customer-links.ts";
import { lockCustomer } from "../../store/customers.ts";
import type { Tx } from "../../store/index.ts";
import {
  insertComment,
  insertLink,
  insertTicket,
  lastTicketNumber,
  newestQueueOf,
  type TicketView,
  ticketByClientId,
} from "../../store/tickets.ts";
import { maySeeTicket, roomsOf, sightOf } from "../access.ts";
import { customerSeenBy, noteText } from "../customers/index.ts";
import { assertOwner } from "./owner.ts";
import { presentTicket, ticketNow } from "./present.ts";
import { seeInteraction } from "./see.ts";

type Input = CommandParsed<"ticket.create">;

/** The same `clientId` again gives the ticket that it made. */
export function create(ctx: Ctx, caller: Caller, input: Input): Promise<Ticket> {
  return ctx.store.write(async (tx) => {
    const early = await madeBy(tx, caller, input.clientId);
    if (early) return presentTicket(tx, early);
    const about = await subjectOf(tx, caller, input);
    if (input.ownerId !== null) await assertOwner(tx, input.ownerId);
    const last = await lastTicketNumber(tx);
    // A retry that waited for the number finds here what the first try has made.
    const made = await madeBy(tx, caller, input.clientId);
    if (made) return presentTicket(tx, made);
    return insert(tx, {
      ...about,
      number: last + 1,
      clientId: input.clientId,
      subject: input.subject,
      comment: { text: input.comment, authorId: caller.userId },
      priority: input.priority,
      ownerId: input.ownerId,
      dueAt: input.dueAt,
      interactionId: input.interactionId,
      actorId: caller.userId,
      at: ctx.clock.now(),
    });
  });
}

async function madeBy(tx: Tx, caller: Caller, clientId: string): Promise<TicketView | undefined> {
  const row = await ticketByClientId(tx, clientId);
  if (row && !maySeeTicket(caller, row)) throw new AppError("not_found", "no such ticket");
  return row;
}

/** Whom it is about and where it belongs. */
async function subjectOf(
  tx: Tx,
  caller: Caller,
  { interactionId, customerId }: Input,
): Promise<{ homeId: string; queueId: string }> {
  if (interactionId !== null) {
    const interaction = await seeInteraction(tx, caller, interactionId);
    const homeId = await homeOfConversation(tx, interaction.conversation_id);
    return { homeId, queueId: interaction.queue_id };
  }
  if (customerId === null)
    throw new AppError("invalid_input", "a ticket is about an interaction or a customer", {
      field: "customerId",
    });
  const { id: homeId } = await customerSeenBy(tx, caller, customerId);
  const queueId = (await newestQueueOf(tx, homeId, sightOf(caller))) ?? caller.queueIds[0];
  if (queueId === undefined)
    throw new AppError("invalid_input", "neither customer nor caller has a queue", { field: "customerId" });
  return { homeId, queueId };
}

export interface NewTicket {
  readonly number: number;
  readonly clientId: string | null;
  /** The customer as it was made: see the column. */
  readonly homeId: string;
  readonly queueId: string;
  readonly subject: string;
  readonly comment: { readonly text: string; readonly authorId: string | null };
  readonly priority: TicketPriority;
  readonly ownerId: string | null;
  readonly dueAt: number | null;
  readonly interactionId: string | null;
  readonly actorId: string | null;
  readonly at: number;
}

/** Writes a ticket with its link and first comment, and tells. */
export async function insert(tx: Tx, o: NewTicket): Promise<Ticket> {
  const id = newId();
  // Nobody links or takes out this customer between the look and the commit.
  const home = await lockCustomer(tx, o.homeId);
  await insertTicket(tx, {
    id,
    number: o.number,
    client_id: o.clientId,
    subject: o.subject,
    folded: ticketWords(o.number, o.subject),
    status: "new",
    priority: o.priority,
    owner_id: o.ownerId,
    queue_id: o.queueId,
    home_id: o.homeId,
    customer_id: home?.linked_to ?? o.homeId,
    due_at: o.dueAt,
    created_at: o.at,
    updated_at: o.at,
    version: 1,
  });
  await noteText(tx, { homeId: o.homeId, text: o.subject, source: "ticket", at: o.at });
  if (o.interactionId !== null) await insertLink(tx, id, o.interactionId);
  if (o.comment.text.trim() !== "")
    await insertComment(tx, {
      id: newId(),
      client_id: null,
      ticket_id: id,
      author_id: o.comment.authorId,
      text: o.comment.text,
      at: o.at,
    });
  const ticket = await ticketNow(tx, id);
  tx.journal({
    name: "ticket.created",
    at: o.at,
    actorId: o.actorId,
    scopes: roomsOf({ queue_id: o.queueId, owner_id: o.ownerId }),
    data: { ticket },
    refs: { customerId: o.homeId, ticketId: id },
  });
  return ticket;
}

/** What `ticket.folded` holds. */
export const ticketWords = (number: number, subject: string): string =>
  [number, ...foldedWords(subject)].join(" ");
