import { AppError, type CommandParsed, type TicketComment } from "@tongdai/shared";
import type { Caller, Ctx } from "../../context.ts";
import { newId } from "../../ids.ts";
import type { TicketCommentRow } from "../../store/schema.ts";
import { commentByClientId, insertComment, updateTicket } from "../../store/tickets.ts";
import { roomsOf } from "../access.ts";
import { touched } from "./change.ts";
import { ticketNow, toComment } from "./present.ts";
import { lockSeenTicket } from "./see.ts";

/** Closed tickets take comments too. The version stays: a comment is in nobody's way who edits the ticket. */
export function comment(
  ctx: Ctx,
  caller: Caller,
  input: CommandParsed<"ticket.comment">,
): Promise<TicketComment> {
  return ctx.store.write(async (tx) => {
    const was = await lockSeenTicket(tx, caller, input.ticketId);
    const at = ctx.clock.now();
    const row: TicketCommentRow = {
      id: newId(),
      client_id: input.clientId,
      ticket_id: was.id,
      author_id: caller.userId,
      text: input.text,
      at,
    };
    if (!(await insertComment(tx, row))) {
      const made = await commentByClientId(tx, input.clientId);
      if (made?.ticket_id !== was.id) throw new AppError("conflict", "this command wrote elsewhere");
      return toComment(made);
    }
    await updateTicket(tx, was.id, { updated_at: touched(was, at) });
    tx.journal({
      name: "ticket.commented",
      at,
      actorId: caller.userId,
      scopes: roomsOf(was),
      data: { ticket: await ticketNow(tx, was.id), comment: toComment(row) },
      refs: { customerId: was.home_id, ticketId: was.id },
    });
    return toComment(row);
  });
}
