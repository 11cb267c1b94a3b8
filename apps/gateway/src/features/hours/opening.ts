import { HOURS_HORIZON_MS, isOpen, nextChange, nextOpening } from "@tongdai/shared";
import type { Ctx } from "../../context.ts";
import { toHours } from "../../presenters/hours.ts";
import { holdUntil, hoursById, letGo } from "../../store/hours.ts";
import type { Queryable, Tx } from "../../store/index.ts";
import { queueById } from "../../store/people.ts";
import { routingTurn } from "../../store/routing.ts";
import type { QueueRow } from "../../store/schema.ts";
import { lookAtWaits } from "../../store/waiting.ts";
import { cancelTimer, setTimer } from "../timers/index.ts";

type HoursOfQueue = Pick<QueueRow, "id" | "hours_id">;

/** When a queue that is closed now opens, or is to be looked at again where that is too far away; `null`: it is open. */
export async function closedUntil(q: Queryable, queue: HoursOfQueue, now: number): Promise<number | null> {
  const row = queue.hours_id === null ? undefined : await hoursById(q, queue.hours_id);
  if (!row) return null;
  const opening = nextOpening(toHours(row), now);
  return opening === now ? null : (opening ?? now + HOURS_HORIZON_MS);
}

const CALL_BACK_MS = 60 * 60_000;

/** By when somebody who was promised a call is owed one: the next opening after now, in an hour where there is none. */
export async function dueOfCallBack(q: Queryable, queue: HoursOfQueue, now: number): Promise<number> {
  const row = queue.hours_id === null ? undefined : await hoursById(q, queue.hours_id);
  const hours = row && toHours(row);
  if (!hours) return now + CALL_BACK_MS;
  const closing = isOpen(hours, now) ? nextChange(hours, now) : now;
  return (closing === null ? null : nextOpening(hours, closing)) ?? now + CALL_BACK_MS;
}

/** As `closedUntil`, for work that is to be held so long: its queue wakes at the opening. */
export async function hold(tx: Tx, ctx: Ctx, queue: HoursOfQueue): Promise<number | null> {
  const until = await closedUntil(tx, queue, ctx.clock.now());
  if (until !== null) await setTimer(tx, ctx, { kind: "hours_open", subjectId: queue.id, dueAt: until });
  return until;
}

/** Timer `hours_open`, and after a queue's hours have changed: what it holds is let go, or held as its hours now say. */
export async function lookAtHours(tx: Tx, ctx: Ctx, queueId: string): Promise<void> {
  await routingTurn(tx);
  const queue = await queueById(tx, queueId);
  if (!queue) return;
  const until = await hold(tx, ctx, queue);
  if (until !== null) {
    if (await holdUntil(tx, { queueId, until })) tell(tx, ctx, { queueId, until });
    return;
  }
  // What was to be held for longer waits from now on.
  const now = ctx.clock.now();
  await lookAtWaits(tx, { queueId, at: now, heldBeyond: now });
  tx.afterCommit(ctx.wake.timers);
  if (await letGo(tx, queueId)) tell(tx, ctx, { queueId, until });
  await cancelTimer(tx, { kind: "hours_open", subjectId: queueId });
  tx.afterCommit(ctx.wake.router);
}

/** One word for all that is held: a queue may hold very many. */
function tell(tx: Tx, ctx: Ctx, data: { queueId: string; until: number | null }): void {
  const scopes = [`queue:${data.queueId}`, "all"];
  tx.journal({ name: "queue_opening.changed", at: ctx.clock.now(), actorId: null, scopes, data });
}
