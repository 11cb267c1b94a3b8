import {
  AppError,
  assertTicketTransition,
  type CommandParsed,
  type Ticket,
  TicketStatus,
} from "@tongdai/shared";
import type { Caller, Ctx } from "../../context.ts";
import type { TicketChange, TicketView } from "../../store/tickets.ts";
import { changeTicket } from "./change.ts";
import { ticketWords } from "./create.ts";
import { assertOwner } from "./owner.ts";
import { presentTicket } from "./present.ts";
import { lockSeenTicket } from "./see.ts";

type Input = CommandParsed<"ticket.update">;

/** Throws `conflict` when somebody changed the ticket since the caller read it, `illegal_transition` for a closed one. */
export function update(ctx: Ctx, caller: Caller, input: Input): Promise<Ticket> {
  return ctx.store.write(async (tx) => {
    const was = await lockSeenTicket(tx, caller, input.ticketId);
    const change = differences(was, input);
    // Whatever its version, a ticket that is as asked for needs no change: the answer to a repeated command.
    if (Object.keys(change).length === 0) return presentTicket(tx, was);
    if (was.version !== input.version)
      throw new AppError("conflict", "the ticket has changed meanwhile", { version: was.version });
    const from = TicketStatus.parse(was.status);
    if (input.status !== undefined && input.status !== from) assertTicketTransition(from, input.status);
    if (from === "closed")
      throw new AppError("illegal_transition", "a closed ticket stays as it is", { from });
    if (change.owner_id) await assertOwner(tx, change.owner_id);
    return changeTicket(tx, was, { change, at: ctx.clock.now(), actorId: caller.userId });
  });
}

/** The columns in which the ticket is not yet as asked for. */
function differences(was: TicketView, input: Input): TicketChange {
  const { subject, status, priority, ownerId, dueAt } = input;
  return {
    ...(subject !== undefined &&
      subject !== was.subject && { subject, folded: ticketWords(was.number, subject) }),
    ...(status !== undefined && status !== was.status && { status }),
    ...(priority !== undefined && priority !== was.priority && { priority }),
    ...(ownerId !== undefined && ownerId !== was.owner_id && { owner_id: ownerId }),
    ...(dueAt !== undefined && dueAt !== was.due_at && { due_at: dueAt }),
  };
}
