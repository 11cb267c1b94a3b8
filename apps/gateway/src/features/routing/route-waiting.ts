import { AppError, type Decision, type RoutableAgent, route, type WaitingItem } from "@tongdai/shared";
import { z } from "zod";
import type { Ctx } from "../../context.ts";
import type { Tx } from "../../store/index.ts";
import { fromJson } from "../../store/json.ts";
import { allAgents, allMemberships, allQueues } from "../../store/people.ts";
import { routableWaiting, routingTurn, setWaitReason } from "../../store/routing.ts";
import type { InteractionRow, QueueRow } from "../../store/schema.ts";
import { journalStep } from "../interactions/index.ts";
import { makeOffer } from "./make-offer.ts";
import { startRoundLater } from "./new-round.ts";

const LIMIT = 500;
const DeclinedBy = z.array(z.string());

/**
 * One pass of the router: reads who waits and who is there, decides, and commits offers and reasons.
 * @returns whether there may be more to do at once
 */
export function routeWaiting(ctx: Ctx): Promise<boolean> {
  return ctx.store.write(async (tx) => {
    await routingTurn(tx);
    const agents = await routableAgents(tx);
    const free = agents.filter((a) => a.available && a.load < a.capacity);
    const rows = await routableWaiting(tx, {
      queueIds: [...new Set(free.flatMap((a) => a.queueIds))],
      agentIds: free.map((a) => a.userId),
      limit: LIMIT,
    });
    if (rows.length === 0) return false;
    const queues = new Map((await allQueues(tx)).map((q) => [q.id, q]));
    const byId = new Map(rows.map((r) => [r.id, r]));
    const decisions = route(rows.map(toItem), agents);
    for (const decision of decisions) {
      const row = byId.get(decision.interactionId);
      if (row) await carryOut(tx, ctx, { decision, row, queue: queues.get(row.queue_id) });
    }
    return rows.length === LIMIT && decisions.some((d) => d.agentId !== null);
  });
}

async function carryOut(
  tx: Tx,
  ctx: Ctx,
  o: { decision: Decision; row: InteractionRow; queue: QueueRow | undefined },
): Promise<void> {
  const { decision, row, queue } = o;
  if (decision.agentId !== null && queue)
    return makeOffer(tx, ctx, { row, queue, userId: decision.agentId, reasons: decision.reasons }).catch(
      ignoreConflict,
    );
  const reason = decision.reasons.join(",");
  if (reason === "all_declined") return newRound(tx, ctx, row);
  if (reason === row.wait_reason) return;
  await setWaitReason(tx, row.id, reason);
  await journalStep(tx, ctx, {
    step: { event: "interaction.deferred", reasons: decision.reasons, actorId: null },
    now: row,
  });
}

/** Somebody took the work between the look and the offer; that change wakes the router again. */
function ignoreConflict(error: unknown): void {
  if (!(error instanceof AppError && error.code === "conflict")) throw error;
}

/** Everyone who is there has said no: after a pause they are asked again. */
async function newRound(tx: Tx, ctx: Ctx, row: InteractionRow): Promise<void> {
  if (row.wait_reason === "all_declined") return;
  await setWaitReason(tx, row.id, "all_declined");
  await startRoundLater(tx, ctx, row.id);
  await journalStep(tx, ctx, {
    step: { event: "interaction.deferred", reasons: ["all_declined"], actorId: null },
    now: row,
  });
}

async function routableAgents(tx: Tx): Promise<RoutableAgent[]> {
  const queueIds = new Map<string, string[]>();
  for (const m of await allMemberships(tx))
    queueIds.set(m.user_id, [...(queueIds.get(m.user_id) ?? []), m.queue_id]);
  return (await allAgents(tx)).map((a) => ({
    userId: a.user_id,
    queueIds: queueIds.get(a.user_id) ?? [],
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
