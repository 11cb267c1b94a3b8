import {
  assertTransition,
  type CommandParsed,
  type FormAnswer,
  type Interaction,
  InteractionState,
  type Reason,
  type Ticket,
} from "@tongdai/shared";
import type { Caller, Ctx } from "../../context.ts";
import { toInteraction } from "../../presenters/conversation.ts";
import type { Tx } from "../../store/index.ts";
import { interactionById } from "../../store/interactions.ts";
import { queueById } from "../../store/people.ts";
import type { InteractionRow } from "../../store/schema.ts";
import { createTicketByRule } from "../tickets/index.ts";
import { cancelTimer, setTimer } from "../timers/index.ts";
import { changeAgent } from "./agents.ts";
import { because, changeInteraction } from "./change.ts";
import { withdrawOfferOf } from "./offers.ts";
import { outcomeOf } from "./outcome.ts";
import { ownInteraction } from "./own.ts";

/** The talk is over: wrap-up begins and ends by itself after the queue's time. */
export function end(ctx: Ctx, caller: Caller, input: CommandParsed<"interaction.end">): Promise<Interaction> {
  return ctx.store.write(async (tx) => {
    const was = await ownInteraction(tx, caller, input);
    return toInteraction(await endIn(tx, ctx, { was, actorId: caller.userId }));
  });
}

/** Begins the wrap-up. @param o.actorId null: the talk ended by itself */
export async function endIn(
  tx: Tx,
  ctx: Ctx,
  { was, actorId }: { was: InteractionRow; actorId: string | null },
): Promise<InteractionRow> {
  // Ending twice must not begin the wrap-up anew.
  assertTransition(InteractionState.parse(was.state), "wrap_up");
  const queue = await queueById(tx, was.queue_id);
  const until = ctx.clock.now() + (queue?.wrap_up_seconds ?? 0) * 1_000;
  const now = await changeInteraction(tx, ctx, {
    was,
    change: { state: "wrap_up", wrap_up_until: until, extensions: 0 },
    step: { event: "interaction.ended", reasons: [], actorId },
  });
  await setTimer(tx, ctx, { kind: "wrap_up", subjectId: was.id, dueAt: until });
  return now;
}

/** Closes with a disposition; unresolved makes a ticket when none is linked. */
export function close(
  ctx: Ctx,
  caller: Caller,
  input: CommandParsed<"interaction.close">,
): Promise<{ interaction: Interaction; ticket: Ticket | null }> {
  return ctx.store.write(async (tx) => {
    const was = await ownInteraction(tx, caller, input);
    const outcome = outcomeOf(await queueById(tx, was.queue_id), input);
    await withdrawOfferOf(tx, ctx, was.id);
    const ticket = outcome.resolved ? null : await ticketFor(tx, ctx, was);
    const now = await closeIn(tx, ctx, {
      was,
      disposition: input.disposition,
      form: outcome.form,
      note: input.note,
      actorId: caller.userId,
      reasons: outcome.resolved ? [] : because("unresolved"),
    });
    return { interaction: toInteraction(now), ticket };
  });
}

/** Timer `wrap_up`: the time is over; the work is closed without a disposition. */
export async function endWrapUp(tx: Tx, ctx: Ctx, interactionId: string): Promise<void> {
  const was = await interactionById(tx, interactionId);
  if (was?.state !== "wrap_up") return;
  await closeIn(tx, ctx, {
    was,
    disposition: null,
    form: [],
    note: "",
    actorId: null,
    reasons: because("wrap_up_over"),
  });
}

interface Closing {
  readonly was: InteractionRow;
  readonly disposition: string | null;
  readonly form: readonly FormAnswer[];
  readonly note: string;
  readonly actorId: string | null;
  readonly reasons: readonly Reason[];
}

async function closeIn(tx: Tx, ctx: Ctx, o: Closing): Promise<InteractionRow> {
  await cancelTimer(tx, { kind: "wrap_up", subjectId: o.was.id });
  const at = ctx.clock.now();
  const now = await changeInteraction(tx, ctx, {
    was: o.was,
    change: {
      state: "closed",
      closed_at: at,
      disposition: o.disposition,
      form: o.form.length > 0 ? JSON.stringify(o.form) : null,
      wrap_up_until: null,
    },
    step: { event: "interaction.closed", reasons: o.reasons, actorId: o.actorId, note: o.note },
  });
  if (o.was.owner_id) await changeAgent(tx, ctx, { userId: o.was.owner_id, change: { idle_since: at } });
  return now;
}

const ticketFor = (tx: Tx, ctx: Ctx, interaction: InteractionRow): Promise<Ticket | null> =>
  createTicketByRule(tx, ctx, { interaction, reason: "unresolved" });
