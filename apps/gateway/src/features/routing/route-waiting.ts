import { AppError, type Decision, type RoutableAgent, route, type WaitingItem } from "@tongdai/shared";
import { z } from "zod";
import type { Ctx } from "../../context.ts";
import type { Tx } from "../../store/index.ts";
import { fromJson } from "../../store/json.ts";
import { agentsAmong, allQueues, membershipsOf } from "../../store/people.ts";
import { routableWaiting, routingTurn, setWaitReason } from "../../store/routing.ts";
import type { InteractionRow, QueueRow } from "../../store/schema.ts";
import { journalStep } from "../interactions/index.ts";
import { makeOffer } from "./make-offer.ts";
import { startRoundLater } from "./new-round.ts";

const LIMIT = 500;
/** Milliseconds of carrying out before others have their turn; what is left is decided again in the next pass. */
const PASS_MS = 10;
const DeclinedBy = z.array(z.string());

/**
 * One pass of the router: reads who waits and who is there, decides, and commits offers and reasons.
 * @returns whether there may be more to do at once
 */
export function routeWaiting(ctx: Ctx): Promise<boolean> {
  return ctx.store.write(async (tx) => {
    await routingTurn(tx);
    // First of all: mostly nobody waits, and then nobody need be looked at.
    const rows = await routableWaiting(tx, LIMIT);
    if (rows.length === 0) return false;
    const agents = await agentsFor(tx, rows);
    const queues = new Map((await allQueues(tx)).map((q) => [q.id, q]));
    const byId = new Map(rows.map((r) => [r.id, r]));
    const until = ctx.clock.elapsed() + PASS_MS;
    let changed = false;
    for (const decision of route(rows.map(toItem), agents)) {
      const row = byId.get(decision.interactionId);
      if (!row || !(await carryOut(tx, ctx, { decision, row, queue: queues.get(row.queue_id) }))) continue;
      changed = true;
      if (ctx.clock.elapsed() >= until) return true;
    }
    // What was looked at and left as it was comes back the same: looking again at once would never end.
    return rows.length === LIMIT && changed;
  });
}

/** Returns whether anything changed. */
async function carryOut(
  tx: Tx,
  ctx: Ctx,
  o: { decision: Decision; row: InteractionRow; queue: QueueRow | undefined },
): Promise<boolean> {
  const { decision, row, queue } = o;
  const { agentId, reasons } = decision;
  if (agentId !== null && queue)
    return makeOffer(tx, ctx, { row, queue, userId: agentId, reasons }).then(() => true, ignoreConflict);
  const reason = reasons.join(",");
  if (reason === row.wait_reason) return false;
  await setWaitReason(tx, row.id, reason);
  // Everyone who is there has said no: after a pause they are asked again.
  if (reason === "all_declined") await startRoundLater(tx, ctx, row.id);
  await journalStep(tx, ctx, {
    step: { event: "interaction.deferred", reasons, actorId: null },
    now: row,
  });
  return true;
}

/** Somebody took the work between the look and the offer; that change wakes the router again. */
function ignoreConflict(error: unknown): false {
  if (!(error instanceof AppError && error.code === "conflict")) throw error;
  return false;
}

/** Everyone who might get one of these: the members of their queues, and whom they are meant for. */
async function agentsFor(tx: Tx, rows: readonly InteractionRow[]): Promise<RoutableAgent[]> {
  const queueIds = [...new Set(rows.map((r) => r.queue_id))];
  const userIds = [...new Set(rows.flatMap((r) => r.preferred_agent_id ?? []))];
  const queuesOf = Map.groupBy(await membershipsOf(tx, queueIds), (m) => m.user_id);
  return (await agentsAmong(tx, { queueIds, userIds })).map((a) => ({
    userId: a.user_id,
    queueIds: queuesOf.get(a.user_id)?.map((m) => m.queue_id) ?? [],
    available: a.state === "available" && a.lost_at === null,
    capacity: a.capacity,
    load: a.load,
    idleSince: a.idle_since,
  }));
}

const toItem = (r: InteractionRow): WaitingItem => ({
  interactionId: r.id,
  queueId: r.queue_id,
  priority: r.priority,
  waitingSince: r.waiting_since,
  preferredAgentId: r.preferred_agent_id,
  preferredOnly: r.preferred_only === 1,
  declinedBy: r.declined_by === "[]" ? [] : fromJson(DeclinedBy, r.declined_by),
});
