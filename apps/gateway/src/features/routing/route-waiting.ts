import { AppError, type Decision, passing, route, type WhyNobody, WorkKind } from "@tongdai/shared";
import type { Ctx } from "../../context.ts";
import { holdConversation } from "../../store/conversations.ts";
import type { Tx } from "../../store/index.ts";
import { agentById } from "../../store/people.ts";
import { routingTurn, setLooked, somethingWaits, type WaitingRow } from "../../store/routing.ts";
import { changeAgent, journalStep, rings } from "../interactions/index.ts";
import { setTimer } from "../timers/index.ts";
import { makeOffer } from "./make-offer.ts";
import type { Known, Memory } from "./memory.ts";
import { startRoundLater } from "./new-round.ts";
import { standingOf } from "./read-agents.ts";
import { type Look, readFloor } from "./read-floor.ts";

/** Milliseconds of carrying out before others have their turn; what is left is decided again in the next pass. */
const PASS_MS = 5;

/**
 * One pass of the router: reads who waits and who is there, decides, and commits offers and reasons.
 * @returns whether there may be more to do at once
 */
export function routeWaiting(ctx: Ctx, memory: Memory = { known: null }): Promise<boolean> {
  return ctx.store.write((tx) => pass(tx, ctx, memory), { first: true });
}

async function pass(tx: Tx, ctx: Ctx, memory: Memory): Promise<boolean> {
  await routingTurn(tx);
  // First of all: mostly nobody waits, and then nobody need be looked at.
  if (!(await somethingWaits(tx))) return false;
  const look = await readFloor(tx, ctx, memory);
  const asked = new Set<string>();
  const again = await decide(tx, ctx, { look, asked });
  // Conversations before people, as everywhere.
  const at = ctx.clock.now();
  for (const userId of asked)
    await changeAgent(tx, ctx, { userId, change: { idle_since: at, offered_at: at } });
  return again;
}

/** @param o.asked those to whom something was offered are added */
async function decide(tx: Tx, ctx: Ctx, o: { look: Look; asked: Set<string> }): Promise<boolean> {
  const { floor, rows, known, more } = o.look;
  const until = ctx.clock.elapsed() + PASS_MS;
  const did = new Set<Done>();
  for (const decision of route(floor).decisions) {
    const row = rows.get(decision.interactionId);
    if (!row) continue;
    const done = await carryOut(tx, ctx, { decision, row, known });
    // Whoever comes later in the order must not have what this work may have of the others.
    if (done === "full") return true;
    if (done === "changed" && decision.agentId !== null) o.asked.add(decision.agentId);
    did.add(done);
    if (did.has("changed") && ctx.clock.elapsed() >= until) return true;
  }
  // Whoever has room has found what there is.
  if (!more && !did.has("taken")) known.fresh.clear();
  // What was looked at and left as it was comes back the same: looking again at once would never end.
  return more && did.has("changed");
}

/** `taken`: the work; `full`: the agent. */
type Done = "changed" | "nothing" | "taken" | "full";

async function carryOut(
  tx: Tx,
  ctx: Ctx,
  { decision, row, known }: { decision: Decision; row: WaitingRow; known: Known },
): Promise<Done> {
  if (decision.agentId === null) return await defer(tx, ctx, { decision, row });
  const queue = known.queues.get(row.queue_id);
  if (!queue) return "nothing";
  const { agentId: userId, why } = decision;
  if (!(await mayTake(tx, { known, userId, row, rings: rings(ctx, row.channel) }))) return "full";
  return makeOffer(tx, ctx, { row, queue, userId, why }).then(() => "changed", ifTaken);
}

/**
 * Looks at the agent's own row before anything is written, whatever is remembered: a command of another node may have given
 * them work since the look. What is remembered is put right.
 */
async function mayTake(
  tx: Tx,
  { known, userId, row, rings }: { known: Known; userId: string; row: WaitingRow; rings: boolean },
): Promise<boolean> {
  const [agent, was] = [await agentById(tx, userId), known.agents.get(userId)];
  if (!agent || !was) return false;
  const now = { ...was, ...standingOf(agent, was.carries.idleChats) };
  const item = { kind: WorkKind.parse(row.work), declinedBy: [], rings };
  if (now.state === "available" && passing(now, item, known.rules.capacity) === null) return true;
  known.agents.set(userId, now);
  return false;
}

async function defer(
  tx: Tx,
  ctx: Ctx,
  { decision, row }: { decision: Extract<Decision, { agentId: null }>; row: WaitingRow },
): Promise<Done> {
  const { why, changesAt } = decision;
  const reason = nearest(why);
  const isNews = reason !== row.wait_reason;
  if (!isNews && row.look_again === 0) return "nothing";
  // The conversation first, as everywhere: what is told is told of it.
  if (isNews) await holdConversation(tx, row.conversation_id);
  if (!(await setLooked(tx, row, reason))) return "taken";
  if (changesAt !== null)
    await setTimer(tx, ctx, { kind: "look_again", subjectId: row.id, dueAt: changesAt });
  // Somebody who could take it has said no: after a pause everyone is asked again.
  if (why.some((w) => w.code === "declined")) await startRoundLater(tx, ctx, row.id);
  if (isNews)
    await journalStep(tx, ctx, {
      step: { event: "interaction.deferred", reasons: why, actorId: null },
      now: row,
    });
  return "changed";
}

/** From what passes soonest to what only a person can change. */
const codes: readonly WhyNobody["code"][] = [
  "agents_pick",
  "kept_for",
  "at_capacity",
  "no_phone",
  "declined",
  "not_available",
  "lacks_skill",
  "not_in_queue",
  "queue_empty",
  "no_rule",
];

/** The obstacle that is told when it changes: who stands behind which one changes all the time. */
const nearest = (why: readonly WhyNobody[]): string =>
  codes.find((code) => why.some((w) => w.code === code)) ?? "no_rule";

/** Somebody took the work between the look and the offer; that change wakes the router again. */
function ifTaken(error: unknown): "taken" {
  if (!(error instanceof AppError && error.code === "conflict")) throw error;
  return "taken";
}
