import { AppError, type CommandParsed, type Ticket } from "@tongdai/shared";
import type { Caller, Ctx } from "../../context.ts";
import { deleteLink, insertLink } from "../../store/tickets.ts";
import { changeTicket } from "./change.ts";
import { presentTicket } from "./present.ts";
import { lockSeenTicket, seeInteraction } from "./see.ts";

/** Links an interaction of the ticket's own customer, or takes the link away. */
export function link(ctx: Ctx, caller: Caller, input: CommandParsed<"ticket.link">): Promise<Ticket> {
  return ctx.store.write(async (tx) => {
    const was = await lockSeenTicket(tx, caller, input.ticketId);
    const interaction = await seeInteraction(tx, caller, input.interactionId);
    if (input.linked && interaction.customer_id !== was.customer_id)
      throw new AppError("invalid_input", "the interaction is another customer's", {
        field: "interactionId",
      });
    const changed = await (input.linked ? insertLink : deleteLink)(tx, was.id, interaction.id);
    if (!changed) return presentTicket(tx, was);
    return changeTicket(tx, was, { change: {}, at: ctx.clock.now(), actorId: caller.userId });
  });
}
