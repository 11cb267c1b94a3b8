import type { StepReason } from "@tongdai/shared";
import type { Ctx } from "../../context.ts";
import type { ConversationView } from "../../store/conversations.ts";
import type { Tx } from "../../store/index.ts";
import { lastClosedInteraction } from "../../store/interactions.ts";
import { queueById } from "../../store/people.ts";
import type { InteractionRow } from "../../store/schema.ts";
import { isServed } from "../../store/staffing.ts";
import { closedUntil, hold } from "../hours/index.ts";
import { createTicketByRule, hasOpenTicket } from "../tickets/index.ts";
import { cancelTimer } from "../timers/index.ts";
import { because, CLOSED, changeInteraction, journalStep } from "./change.ts";

/** Says that work is held, once it is. */
export const tellHeld = (tx: Tx, ctx: Ctx, now: InteractionRow): Promise<void> =>
  journalStep(tx, ctx, {
    step: { event: "interaction.deferred", reasons: because(CLOSED), actorId: null },
    now,
  });

/**
 * Until when work waits that comes back to its queue, or is handed to it, after an agent had it; null: it is offered at once.
 * A closed queue holds it until the opening, unless somebody else is still there and serving it.
 * @param o.leaver who gives it up
 */
export async function holdReturned(
  tx: Tx,
  ctx: Ctx,
  o: { queueId: string; leaver: string | null },
): Promise<number | null> {
  const queue = await queueById(tx, o.queueId);
  if (!queue || (await closedUntil(tx, queue, ctx.clock.now())) === null) return null;
  return (await isServed(tx, o)) ? null : await hold(tx, ctx, queue);
}

/** Instead of waiting on the matter becomes a ticket, and the interaction is over. */
export async function leaveTicket(
  tx: Tx,
  ctx: Ctx,
  o: {
    was: InteractionRow;
    reason: Extract<
      StepReason,
      "out_of_hours" | "waited_too_long" | "call_back" | "missed_call" | "call_lost"
    >;
    dueAt?: number;
  },
): Promise<void> {
  const { was, reason, dueAt } = o;
  await createTicketByRule(tx, ctx, { interaction: was, reason, ...(dueAt === undefined ? {} : { dueAt }) });
  await cancelTimer(tx, { kind: "unanswered", subjectId: was.id });
  await changeInteraction(tx, ctx, {
    was,
    change: { state: "closed", closed_at: ctx.clock.now(), wait_reason: null },
    step: { event: "interaction.closed", reasons: because(reason), actorId: null },
  });
}

/**
 * The interaction that became a ticket while the queue was closed, as long as the queue still is and the ticket is owed:
 * what the customer adds belongs to the same matter.
 */
export async function leftWhileClosed(
  tx: Tx,
  ctx: Ctx,
  view: Pick<ConversationView, "id" | "queue_id">,
): Promise<InteractionRow | null> {
  const now = ctx.clock.now();
  const queue = await queueById(tx, view.queue_id);
  if (!queue || (await closedUntil(tx, queue, now)) === null) return null;
  const last = await lastClosedInteraction(tx, view.id);
  if (!last || last.accepted_at !== null || (last.held_until ?? 0) <= now) return null;
  return (await hasOpenTicket(tx, last.id)) ? last : null;
}
