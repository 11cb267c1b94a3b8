import {
  AppError,
  assertTransition,
  type EventName,
  InteractionState,
  type Reason,
  type StepReason,
} from "@tongdai/shared";
import type { Ctx } from "../../context.ts";
import { formOf, toConversation } from "../../presenters/conversation.ts";
import {
  type ConversationView,
  conversationById,
  holdConversation,
  updateConversation,
} from "../../store/conversations.ts";
import type { Tx } from "../../store/index.ts";
import { interactionById, updateInteraction } from "../../store/interactions.ts";
import { memberIdsOf, queueById } from "../../store/people.ts";
import type { InteractionRow } from "../../store/schema.ts";
import { roomsOf } from "../access.ts";
import { endCompany } from "../company/index.ts";
import { placeOf, planBack, setWaitTimer, type WaitPlan } from "../line/index.ts";
import { cancelTimer, setTimer } from "../timers/index.ts";
import { UNANSWERED_MS } from "./unanswered.ts";

/** Events that carry a step of an interaction. */
export type StepEvent = Extract<EventName, `interaction.${string}`>;

export interface Step {
  readonly event: StepEvent;
  readonly reasons: readonly Reason[];
  readonly actorId: string | null;
  readonly userId?: string;
  readonly note?: string;
}

/** Why work waits that came while its queue was closed. */
export const CLOSED: StepReason = "closed";

export const because = (code: StepReason): readonly Reason[] => [{ code }];

/** The interaction as it is now, held with its conversation until the end of the transaction. Throws `not_found`. */
export async function getInteraction(tx: Tx, id: string): Promise<InteractionRow> {
  const known = await interactionById(tx, id);
  // Once the conversation is ours nobody changes the interaction any more, but somebody may just have done so.
  const changed = known !== undefined && (await holdConversation(tx, known.conversation_id));
  const row = changed ? await interactionById(tx, id) : known;
  if (!row) throw new AppError("not_found", "no such interaction");
  return row;
}

/**
 * Moves an interaction along its machine: compare-and-set on its version, the conversation's copy beside it, and the
 * journal's row with the reason. Throws `illegal_transition`, or `conflict` when somebody was quicker.
 */
export async function changeInteraction(
  tx: Tx,
  ctx: Ctx,
  o: { was: InteractionRow; change: Parameters<typeof updateInteraction>[2]; step: Step },
): Promise<InteractionRow> {
  const { was, change, step } = o;
  // What is closed stays as it is: its conversation may have other work by now.
  if (was.state === "closed" || (change.state !== undefined && change.state !== was.state))
    assertTransition(InteractionState.parse(was.state), InteractionState.parse(change.state ?? was.state));
  const moved = change.queue_id ?? was.queue_id;
  const promised = moved === was.queue_id ? {} : await promiseOf(tx, moved);
  const placed = { ...was, ...change, ...promised } as InteractionRow;
  const isUnparked = was.state === "parked" && placed.state !== "parked";
  const { line, plan } = await inLine(tx, ctx, { was, change, placed });
  // The conversation first, as everywhere: two transactions that meet here wait instead of locking each other out.
  await holdConversation(tx, was.conversation_id);
  if (!(await updateInteraction(tx, was, { ...change, ...promised, ...line })))
    throw new AppError("conflict", "the interaction has changed meanwhile");
  const now = { ...placed, ...line, version: was.version + 1 };
  const closed = now.state === "closed";
  await updateConversation(tx, now.conversation_id, {
    interaction_id: closed ? null : now.id,
    interaction_state: closed ? null : now.state,
    waiting_since: closed ? null : now.waiting_since,
    parked_until: now.parked_until,
    owner_id: closed ? null : now.owner_id,
    ...(closed ? { unanswered_since: null } : {}),
    promise_ms: closed ? null : now.promise_ms,
    ...(now.queue_id === was.queue_id ? {} : { queue_id: now.queue_id }),
  });
  if (isUnparked) await cancelTimer(tx, { kind: "parked", subjectId: now.id });
  await journalStep(tx, ctx, { step, was, now });
  if (was.owner_id !== null && (closed || now.owner_id !== was.owner_id))
    await endCompany(tx, ctx, now.conversation_id);
  await setWaitTimers(tx, ctx, { was, now, plan });
  return now;
}

/** What another queue promises whom it is moved to. */
const promiseOf = async (tx: Tx, queueId: string): Promise<{ promise_ms: number | null }> => ({
  promise_ms: (await queueById(tx, queueId))?.promise_ms ?? null,
});

/** What a change means for the place in a line, and for what the queue does with whoever waits long. */
async function inLine(
  tx: Tx,
  ctx: Ctx,
  o: { was: InteractionRow; change: Parameters<typeof updateInteraction>[2]; placed: InteractionRow },
): Promise<{ line: Partial<InteractionRow>; plan: WaitPlan | null }> {
  const { was, change, placed } = o;
  const isUnparked = was.state === "parked" && placed.state !== "parked";
  const unparked = isUnparked ? { parked_until: null, return_to: null } : {};
  const isBack = change.state === "waiting";
  if (!isBack && change.boost === undefined) return { line: unparked, plan: null };
  const queue = await queueById(tx, placed.queue_id);
  const rank_at = await placeOf(tx, placed, queue);
  if (!isBack) return { line: { ...unparked, rank_at }, plan: null };
  const plan = planBack(ctx, { queue, now: placed, was });
  // Whoever is back in a line is to be looked at, whatever was found before; what is held still is.
  const wait_reason = placed.held_until === null ? null : CLOSED;
  return { line: { ...unparked, rank_at, look_again: 1, wait_reason, wait: plan.wait }, plan };
}

async function setWaitTimers(
  tx: Tx,
  ctx: Ctx,
  { was, now, plan }: { was: InteractionRow; now: InteractionRow; plan: WaitPlan | null },
): Promise<void> {
  if (plan && (plan.dueAt !== null || was.wait !== null)) await setWaitTimer(tx, ctx, now.id, plan.dueAt);
  // An offer may come to nothing; whoever is served waits no more.
  if (was.wait !== null && now.state !== "waiting" && now.state !== "offered")
    await setWaitTimer(tx, ctx, now.id, null);
  if (plan && (was.owner_id || was.held_until !== now.held_until))
    await setTimer(tx, ctx, {
      kind: "unanswered",
      subjectId: now.id,
      dueAt: (now.held_until ?? ctx.clock.now()) + UNANSWERED_MS,
    });
}

/** Journals a step that needs no change of the interaction itself, or follows one. */
export async function journalStep(
  tx: Tx,
  ctx: Ctx,
  o: { step: Step; now: InteractionRow; was?: InteractionRow },
): Promise<void> {
  const { step, now, was } = o;
  const view = await conversationById(tx, now.conversation_id);
  if (!view) throw new Error(`interaction ${now.id} has no conversation`);
  const refs = { customerId: view.home_id, conversationId: view.id, interactionId: now.id };
  const scopes = new Set(roomsOf(view));
  if (was) await hideFrom(tx, { was, view, at: ctx.clock.now(), actorId: step.actorId }, scopes);
  // Work may be offered to somebody outside of its queue, who may look before saying yes.
  if (step.userId && step.event === "interaction.offered") scopes.add(`user:${step.userId}`);
  tx.journal({
    name: step.event,
    at: ctx.clock.now(),
    actorId: step.actorId,
    scopes: [...scopes],
    data: {
      conversation: toConversation(view),
      reasons: [...step.reasons],
      userId: step.userId ?? null,
      note: step.note || null,
      ...(step.event === "interaction.closed"
        ? { disposition: now.disposition, form: formOf(now) }
        : { disposition: null, form: [] }),
    },
    refs,
  });
}

/** Who saw the conversation and no longer does is told so first; who still does learns the new state right after. */
async function hideFrom(
  tx: Tx,
  o: { was: InteractionRow; view: ConversationView; at: number; actorId: string | null },
  scopes: ReadonlySet<string>,
): Promise<void> {
  const { was, view } = o;
  const lost = was.queue_id === view.queue_id ? [] : [`queue:${was.queue_id}`];
  const owner = was.owner_id;
  if (owner && !scopes.has(`user:${owner}`) && !(await memberIdsOf(tx, view.queue_id)).includes(owner))
    lost.push(`user:${owner}`);
  if (lost.length === 0) return;
  tx.journal({
    name: "conversation.hidden",
    at: o.at,
    actorId: o.actorId,
    scopes: lost,
    data: { conversationId: view.id },
  });
}
