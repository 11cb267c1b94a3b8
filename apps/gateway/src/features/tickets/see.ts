import { AppError } from "@tongdai/shared";
import type { Caller } from "../../context.ts";
import { conversationById } from "../../store/conversations.ts";
import type { Queryable, Tx } from "../../store/index.ts";
import { interactionById } from "../../store/interactions.ts";
import type { InteractionRow } from "../../store/schema.ts";
import { lockTicket, type TicketView, ticketById } from "../../store/tickets.ts";
import { maySeeTicket, seeConversation } from "../access.ts";

/** The ticket, if there is one and the caller may see it. Throws `not_found` for both: existence is not told. */
export async function seeTicket(q: Queryable, caller: Caller, id: string): Promise<TicketView> {
  const row = await ticketById(q, id);
  if (!row || !maySeeTicket(caller, row)) throw new AppError("not_found", "no such ticket");
  return row;
}

/** As `seeTicket`; nobody else changes it until the commit. */
export async function lockSeenTicket(tx: Tx, caller: Caller, id: string): Promise<TicketView> {
  await lockTicket(tx, id);
  return seeTicket(tx, caller, id);
}

/** The interaction that a ticket is or will be about, if the caller may see it. Throws `not_found`. */
export async function seeInteraction(tx: Tx, caller: Caller, id: string): Promise<InteractionRow> {
  const interaction = await interactionById(tx, id);
  if (!interaction) throw new AppError("not_found", "no such interaction");
  seeConversation(caller, await conversationById(tx, interaction.conversation_id));
  return interaction;
}
