import { AppError } from "@tongdai/shared";
import type { Caller } from "../../context.ts";
import type { Queryable, Tx } from "../../store/index.ts";
import { lockTicket, type TicketView, ticketById } from "../../store/tickets.ts";
import { maySeeTicket } from "../access.ts";

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
