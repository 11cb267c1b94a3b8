import type { Ctx } from "../../context.ts";
import type { Tx } from "../../store/index.ts";
import { lastClosedInteraction } from "../../store/interactions.ts";
import { insertLink, ticketOfInteraction } from "../../store/tickets.ts";
import { leaveTicket } from "../interactions/index.ts";
import { hasOpenTicket } from "../tickets/index.ts";

/**
 * Closes the work of a call that nobody answered and leaves a ticket. Whoever calls again and again is owed one call: it joins the
 * ticket that the last one left.
 */
export async function oweCall(tx: Tx, ctx: Ctx, o: Parameters<typeof leaveTicket>[2]): Promise<void> {
  const before = await lastClosedInteraction(tx, o.was.conversation_id);
  const owed = before && (await hasOpenTicket(tx, before.id)) && (await ticketOfInteraction(tx, before.id));
  if (owed) await insertLink(tx, owed.id, o.was.id);
  await leaveTicket(tx, ctx, o);
}
