import { type AgentState, AppError, type CommandParsed } from "@tongdai/shared";
import type { Caller, Ctx } from "../../context.ts";
import { toAgentState } from "../../presenters/people.ts";
import type { Tx } from "../../store/index.ts";
import { addPresence, holdAgent, isPresent, removePresence } from "../../store/instances.ts";
import { interactionsOwnedBy } from "../../store/interactions.ts";
import { type AgentRow, agentById, allAgents, updateAgent } from "../../store/people.ts";
import { routingTurn } from "../../store/routing.ts";
import type { InteractionRow } from "../../store/schema.ts";
import { keepsCompany, leaveAll } from "../company/index.ts";
import { cancelTimer, setTimer } from "../timers/index.ts";
import { changeAgent } from "./agents.ts";
import { because, getInteraction } from "./change.ts";
import { tellDeparted } from "./departed.ts";
import { withdrawOffersTo } from "./offers.ts";
import { bringBack } from "./park.ts";
import { recordAct } from "./record-act.ts";
import { returnToQueue } from "./return-to-queue.ts";
import { assertMayChoose } from "./state-rules.ts";

/** How long an agent who vanished, or signed off with work in hand, keeps that work. */
const GRACE_MS = 45_000;

/** Chooses one's own state. Signing off withdraws offers at once and gives work back after the grace period. */
export function setAgentState(
  ctx: Ctx,
  caller: Caller,
  input: CommandParsed<"agent.set_state">,
): Promise<AgentState> {
  return ctx.store.write((tx) => changeState(tx, ctx, { ...input, userId: caller.userId, by: caller }));
}

/**
 * Sets somebody else's state, as if they had chosen it; they are told why. Throws `conflict` for somebody who signed off and
 * is not connected: nobody would ever notice that they are not there.
 */
export function forceAgentState(
  ctx: Ctx,
  caller: Caller,
  input: CommandParsed<"agent.force_state">,
): Promise<AgentState> {
  const { userId, state, reason, note } = input;
  return ctx.store.write(async (tx) => {
    await routingTurn(tx);
    const before = await agentById(tx, userId);
    if (before?.state === "offline" && state !== "offline" && !(await isPresent(tx, userId)))
      throw new AppError("conflict", "the agent is not there", { state: before.state });
    const agent = await changeState(tx, ctx, { userId, state, reason, by: caller });
    const detail = { state: [before?.state, state], ...(reason ? { reason } : {}) };
    await recordAct(tx, ctx, { caller, act: "state_forced", note, agentId: userId, detail });
    return agent;
  });
}

export interface Chosen extends Pick<CommandParsed<"agent.set_state">, "state" | "reason"> {
  readonly userId: string;
  readonly by: Caller;
}

export async function changeState(
  tx: Tx,
  ctx: Ctx,
  { userId, state, reason, by }: Chosen,
): Promise<AgentState> {
  if ((state === "away") !== (reason !== undefined))
    throw new AppError("invalid_input", "away needs a reason, the other states take none", {
      field: "reason",
    });
  await routingTurn(tx);
  const before = await agentById(tx, userId);
  if (!before) throw new AppError("not_found", "takes no part in routing");
  // What is chosen again goes on: its longest time does not begin anew.
  const goesOn = before.state === state && before.reason === (reason ?? null);
  if (reason !== undefined && !goesOn) await assertMayChoose(tx, reason);
  const at = ctx.clock.now();
  if (state !== "available") await withdrawOffersTo(tx, ctx, userId);
  await changeAgent(tx, ctx, {
    userId,
    actorId: by.userId,
    change: {
      state,
      reason: reason ?? null,
      since: goesOn ? before.since : at,
      ...(state === "available" && before.state !== "available" ? { idle_since: at } : {}),
    },
  });
  const gone = { kind: "agent_gone", subjectId: userId };
  if (state === "offline") await setTimer(tx, ctx, { ...gone, dueAt: at + GRACE_MS });
  else if (before.lost_at === null) await cancelTimer(tx, gone);
  if (state !== "offline" && before.keeps_until !== null)
    await bringBack(tx, ctx, { userId, keptUntil: before.keeps_until });
  const agent = await agentById(tx, userId);
  if (!agent) throw new AppError("not_found", "takes no part in routing");
  return toAgentState(agent);
}

/**
 * The agent's last client of this instance went away. Where no other instance has one, work stays for the grace period and
 * nothing new is offered meanwhile.
 */
export function agentLost(ctx: Ctx, userId: string): Promise<void> {
  return ctx.store.write(async (tx) => {
    await routingTurn(tx);
    await holdAgent(tx, userId);
    await removePresence(tx, ctx.instanceId, userId);
    await losePeople(tx, ctx, [userId]);
  });
}

/** A client of the agent is connected to this instance (again). */
export function agentBack(ctx: Ctx, userId: string): Promise<void> {
  return ctx.store.write(async (tx) => {
    await holdAgent(tx, userId);
    await addPresence(tx, ctx.instanceId, userId);
    const agent = await agentById(tx, userId);
    if (!agent || agent.lost_at === null) return;
    // Whoever signed off a moment ago gives up what they had all the same; whoever steers the floor while offline keeps it.
    const isSigningOff = agent.state === "offline" && agent.since + GRACE_MS > agent.lost_at;
    if (!isSigningOff) await cancelTimer(tx, { kind: "agent_gone", subjectId: userId });
    await setLost(tx, ctx, { userId, lost_at: null });
  });
}

/** After a restart: everyone who was there and is connected to no instance is lost until heard from. */
export async function loseAbsent(tx: Tx, ctx: Ctx): Promise<void> {
  const there = (await allAgents(tx)).filter((a) => a.state !== "offline" && a.lost_at === null);
  await losePeople(
    tx,
    ctx,
    there.map((a) => a.user_id),
  );
}

/** Of these people, those whom no instance has any more. */
export async function losePeople(tx: Tx, ctx: Ctx, userIds: readonly string[]): Promise<void> {
  for (const userId of userIds) {
    await holdAgent(tx, userId);
    if (!(await isPresent(tx, userId))) await loseAgent(tx, ctx, userId);
  }
}

/** Routing alone looks at this; nobody is told, or each of a thousand agents coming back would be told to the thousand. */
async function setLost(tx: Tx, ctx: Ctx, o: { userId: string; lost_at: number | null }): Promise<void> {
  await updateAgent(tx, o.userId, { lost_at: o.lost_at });
  tx.afterCommit(ctx.wake.router);
  tx.afterCommit(ctx.wake.presence);
}

async function loseAgent(tx: Tx, ctx: Ctx, userId: string): Promise<void> {
  await routingTurn(tx);
  const agent = await agentById(tx, userId);
  if (!agent || agent.lost_at !== null) return;
  const at = ctx.clock.now();
  await setLost(tx, ctx, { userId, lost_at: at });
  if (agent.state !== "offline" || holdsWork(agent) || (await keepsCompany(tx, userId)))
    await setTimer(tx, ctx, { kind: "agent_gone", subjectId: userId, dueAt: at + GRACE_MS });
}

const holdsWork = ({ carries }: AgentRow): boolean => carries.call + carries.chat + carries.mail > 0;

/** Somebody may no longer work here, or logged out: offline now, and everything in hand goes back at its age. */
export async function dismissAgent(tx: Tx, ctx: Ctx, userId: string): Promise<void> {
  await routingTurn(tx);
  const agent = await agentById(tx, userId);
  await leaveAll(tx, ctx, userId);
  if (!agent || (agent.state === "offline" && !holdsWork(agent))) return;
  await cancelTimer(tx, { kind: "agent_gone", subjectId: userId });
  const since = agent.state === "offline" ? agent.since : ctx.clock.now();
  await changeAgent(tx, ctx, { userId, change: { state: "offline", reason: null, since } });
  await giveUpWork(tx, ctx, userId);
}

/** Timer `agent_gone`: the grace period is over. Offers are withdrawn, owned work goes back at its age. */
export async function giveUpWork(tx: Tx, ctx: Ctx, userId: string): Promise<void> {
  await routingTurn(tx);
  const agent = await agentById(tx, userId);
  await leaveAll(tx, ctx, userId);
  if (!agent || (agent.state === "offline" && !holdsWork(agent))) return;
  await withdrawOffersTo(tx, ctx, userId);
  const work: InteractionRow[] = [];
  for (const { id } of await interactionsOwnedBy(tx, userId)) {
    const was = await getInteraction(tx, id);
    if (was.owner_id === userId && was.state === "active") work.push(await giveUp(tx, ctx, { was, agent }));
  }
  await tellDeparted(tx, ctx, { agent, work });
  const lost = agent.state === "offline" ? {} : { state: "away", reason: "lost", since: ctx.clock.now() };
  await changeAgent(tx, ctx, { userId, change: lost });
}

/** Puts the work of somebody who is gone back into its queue, at its age. */
export const giveUp = (
  tx: Tx,
  ctx: Ctx,
  { was, agent }: { was: InteractionRow; agent: AgentRow },
): Promise<InteractionRow> =>
  returnToQueue(tx, ctx, {
    was,
    change: { wrap_up_until: null },
    step: {
      event: "interaction.requeued",
      reasons: because(agent.state === "offline" ? "agent_signed_off" : "agent_lost"),
      actorId: null,
      userId: agent.user_id,
    },
  });
