import { dueSteps, type WaitProgress, type WaitStep } from "@tongdai/shared";
import type { Ctx } from "../../context.ts";
import { waitRulesOf } from "../../presenters/people.ts";
import { conversationById } from "../../store/conversations.ts";
import type { Tx } from "../../store/index.ts";
import { interactionById } from "../../store/interactions.ts";
import { queueById } from "../../store/people.ts";
import type { InteractionRow, QueueRow } from "../../store/schema.ts";
import { setWait } from "../../store/waiting.ts";
import { replyBySystem } from "../conversations/index.ts";
import { dueOfCallBack } from "../hours/index.ts";
import { getInteraction, leaveTicket, moveBySystem } from "../interactions/index.ts";
import { planWait, setWaitTimer, waitProgress } from "../line/index.ts";
import { tellPlace } from "./tell-place.ts";

/**
 * Timer `waited`: what the queue's wait rules want by now of somebody who still waits. Work that is just being offered is
 * looked at again when it comes back, and what is held from the opening on.
 */
export async function lookAtWait(tx: Tx, ctx: Ctx, interactionId: string): Promise<void> {
  // Housekeeping may have taken it away.
  if (!(await interactionById(tx, interactionId))) return;
  const row = await getInteraction(tx, interactionId);
  const queue = await queueById(tx, row.queue_id);
  if (row.state !== "waiting" || !queue) return;
  const now = ctx.clock.now();
  const before = waitProgress(row);
  // Opened earlier than was thought, or rules that are new: it counts as it is now.
  const from = row.held_until ?? Math.min(before?.from ?? row.waiting_since, now);
  const progress: WaitProgress = { done: [], told: null, ...before, from };
  if (row.held_until !== null) return await goOn(tx, ctx, { row, queue, progress });
  const { step, done } = dueSteps(queue.id, waitRulesOf(queue), { progress, now });
  const after = { ...progress, done };
  // What is done is noted first: the work may be closed or elsewhere after the step.
  await setWait(tx, row, JSON.stringify(after));
  if (step && (await carryOut(tx, ctx, { row: { ...row, wait: JSON.stringify(after) }, queue, step })))
    return;
  const told = await tellPlace(tx, ctx, { row, queue, progress: after });
  await goOn(tx, ctx, { row, queue, progress: { ...after, told } });
}

async function goOn(
  tx: Tx,
  ctx: Ctx,
  { row, queue, progress }: { row: InteractionRow; queue: QueueRow; progress: WaitProgress },
): Promise<void> {
  const plan = planWait(queue, progress);
  await setWait(tx, row, plan.wait);
  await setWaitTimer(tx, ctx, row.id, plan.dueAt);
}

/** Returns whether the wait in this queue is over. */
async function carryOut(
  tx: Tx,
  ctx: Ctx,
  { row, queue, step }: { row: InteractionRow; queue: QueueRow; step: WaitStep },
): Promise<boolean> {
  switch (step.action) {
    case "ticket":
      await leaveTicket(tx, ctx, { was: row, reason: "waited_too_long" });
      return true;
    case "call_back": {
      const dueAt = await dueOfCallBack(tx, queue, ctx.clock.now());
      await leaveTicket(tx, ctx, { was: row, reason: "call_back", dueAt });
      return true;
    }
    case "move":
      return await moveBySystem(tx, ctx, { was: row, queueId: step.queueId });
    case "message": {
      const view = await conversationById(tx, row.conversation_id);
      if (view) await replyBySystem(tx, ctx, { view, text: step.text });
      return false;
    }
  }
}
