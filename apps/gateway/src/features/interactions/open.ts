import { AppError, ChannelId, type StepReason } from "@tongdai/shared";
import type { Ctx } from "../../context.ts";
import { type ConversationView, updateConversation } from "../../store/conversations.ts";
import type { Tx } from "../../store/index.ts";
import { insertInteraction, lastClosedInteraction } from "../../store/interactions.ts";
import { queueById, queueIdsOf } from "../../store/people.ts";
import type { InteractionRow } from "../../store/schema.ts";
import { hold } from "../hours/index.ts";
import { placeOf, planBack, setWaitTimer } from "../line/index.ts";
import { setTimer } from "../timers/index.ts";
import { changeAgent } from "./agents.ts";
import { because, CLOSED, journalStep } from "./change.ts";
import { newInteraction } from "./new-interaction.ts";
import { UNANSWERED_MS } from "./unanswered.ts";

/** A customer who comes back within this time is first offered to the agent who had them last. */
const SAME_AGENT_MS = 72 * 60 * 60_000;

export interface OpenInteraction {
  readonly view: Pick<ConversationView, "id" | "customer_id" | "channel" | "queue_id">;
  /** Since when the customer waits. */
  readonly waitingSince: number;
  readonly reason: StepReason;
  /** The agent who takes it at once, for work that an agent starts. */
  readonly ownerId?: string;
  /** That was told already. */
  readonly id?: string;
}

/** Opens an interaction on a conversation that has none. Throws `conflict` when there is one. */
export async function openInteraction(tx: Tx, ctx: Ctx, o: OpenInteraction): Promise<InteractionRow> {
  const now = ctx.clock.now();
  const last = o.ownerId ? undefined : await lastClosedInteraction(tx, o.view.id);
  const comesTo = await queueById(tx, o.view.queue_id);
  const queue = o.ownerId ? undefined : comesTo;
  const heldUntil = queue ? await hold(tx, ctx, queue) : null;
  const lastAgent = await sameAgent(tx, { last, queueId: o.view.queue_id, now });
  const { work } = ctx.channels.get(ChannelId.parse(o.view.channel)).capabilities;
  const placed = {
    ...newInteraction(o.view, work, now),
    ...(o.id === undefined ? {} : { id: o.id }),
    waiting_since: o.waitingSince,
    promise_ms: comesTo?.promise_ms ?? null,
    held_until: heldUntil,
  };
  const plan = planBack(ctx, { queue, now: placed });
  const row: InteractionRow = {
    ...placed,
    state: o.ownerId ? "active" : "waiting",
    owner_id: o.ownerId ?? null,
    rank_at: await placeOf(tx, placed, queue),
    accepted_at: o.ownerId ? now : null,
    last_agent_id: lastAgent,
    wait_reason: heldUntil === null ? null : CLOSED,
    wait: plan.wait,
  };
  if (!(await insertInteraction(tx, row)))
    throw new AppError("conflict", "the conversation has an open interaction");
  await updateConversation(tx, o.view.id, {
    interaction_id: row.id,
    interaction_state: row.state,
    waiting_since: row.waiting_since,
    owner_id: row.owner_id,
    promise_ms: row.promise_ms,
  });
  await journalStep(tx, ctx, {
    step: { event: "interaction.opened", reasons: because(o.reason), actorId: o.ownerId ?? null },
    now: row,
  });
  if (o.ownerId) await changeAgent(tx, ctx, { userId: o.ownerId, change: { idle_since: now } });
  else {
    await setTimer(tx, ctx, {
      kind: "unanswered",
      subjectId: row.id,
      dueAt: (heldUntil ?? now) + UNANSWERED_MS,
    });
    if (plan.dueAt !== null) await setWaitTimer(tx, ctx, row.id, plan.dueAt);
    tx.afterCommit(ctx.wake.router);
  }
  return row;
}

/** Who had the customer a short while ago, if still in the queue. */
async function sameAgent(
  tx: Tx,
  { last, queueId, now }: { last: InteractionRow | undefined; queueId: string; now: number },
): Promise<string | null> {
  if (!last?.owner_id || last.closed_at === null || now - last.closed_at >= SAME_AGENT_MS) return null;
  return (await queueIdsOf(tx, last.owner_id)).includes(queueId) ? last.owner_id : null;
}
