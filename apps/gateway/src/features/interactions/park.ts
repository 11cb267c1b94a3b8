import {
  AppError,
  type CommandParsed,
  type Interaction,
  PARK_MAX_MS,
  type StepReason,
} from "@tongdai/shared";
import type { Caller, Ctx } from "../../context.ts";
import { toInteraction } from "../../presenters/conversation.ts";
import type { Tx } from "../../store/index.ts";
import { interactionById, interactionsOwnedBy } from "../../store/interactions.ts";
import { agentById, updateAgent } from "../../store/people.ts";
import type { InteractionRow } from "../../store/schema.ts";
import { setTimer } from "../timers/index.ts";
import { changeAgent } from "./agents.ts";
import { assertByHand } from "./by-phone.ts";
import { because, changeInteraction, getInteraction } from "./change.ts";
import { ownInteraction } from "./own.ts";
import { recordAct } from "./record-act.ts";
import { returnToQueue } from "./return-to-queue.ts";
import { whoIsGone } from "./who-is-gone.ts";

/** Puts one's own work aside; the room that it took is free at once. Parking it again moves its return. */
export function park(
  ctx: Ctx,
  caller: Caller,
  input: CommandParsed<"interaction.park">,
): Promise<Interaction> {
  return ctx.store.write(async (tx) => {
    const was = await ownInteraction(tx, caller, input);
    if (was.owner_id !== caller.userId) throw new AppError("forbidden", "only its owner parks work");
    if (was.work === "call") throw new AppError("illegal_transition", "a call is held, not parked");
    const at = ctx.clock.now();
    if (input.until <= at || input.until > at + PARK_MAX_MS)
      throw new AppError("invalid_input", "must come back in the near future", { field: "until" });
    return toInteraction(await parkIn(tx, ctx, { ...input, was, actorId: caller.userId }));
  });
}

type Parking = Pick<CommandParsed<"interaction.park">, "until" | "returnTo" | "note">;

export async function parkIn(
  tx: Tx,
  ctx: Ctx,
  { was, until, returnTo, note, actorId }: Parking & { was: InteractionRow; actorId: string },
): Promise<InteractionRow> {
  assertByHand(ctx, was);
  const now = await changeInteraction(tx, ctx, {
    was,
    change: { state: "parked", parked_until: until, return_to: returnTo },
    step: { event: "interaction.parked", reasons: [], actorId, note },
  });
  await setTimer(tx, ctx, { kind: "parked", subjectId: was.id, dueAt: until });
  await changeAgent(tx, ctx, { userId: actorId, change: { idle_since: ctx.clock.now() } });
  return now;
}

/** What was kept for somebody who signed off, and only that, is in hand again now that they are back. */
export async function bringBack(
  tx: Tx,
  ctx: Ctx,
  { userId, keptUntil }: { userId: string; keptUntil: number },
): Promise<void> {
  await updateAgent(tx, userId, { keeps_until: null });
  for (const { id } of await interactionsOwnedBy(tx, userId)) {
    const was = await getInteraction(tx, id);
    if (was.owner_id === userId && was.state === "parked" && was.parked_until === keptUntil)
      await comeBack(tx, ctx, { was, reason: "agent_back", actorId: userId });
  }
}

/** Takes parked work up again before its time. Whoever assigns work sends it to where it would return. */
export function unpark(
  ctx: Ctx,
  caller: Caller,
  input: CommandParsed<"interaction.unpark">,
): Promise<Interaction> {
  return ctx.store.write(async (tx) => {
    const was = await ownInteraction(tx, caller, input);
    if (was.state !== "parked")
      throw new AppError("illegal_transition", "it is not parked", { from: was.state });
    const now = await comeBack(tx, ctx, { was, reason: "woken", actorId: caller.userId });
    if (was.owner_id !== caller.userId)
      await recordAct(tx, ctx, { caller, act: "woken", note: "", agentId: was.owner_id, work: now });
    return toInteraction(now);
  });
}

/** Timer `parked`: its time has come. */
export async function endPark(tx: Tx, ctx: Ctx, interactionId: string): Promise<void> {
  if ((await interactionById(tx, interactionId))?.state !== "parked") return;
  const was = await getInteraction(tx, interactionId);
  if (was.state === "parked") await comeBack(tx, ctx, { was, reason: "park_over", actorId: null });
}

/** What somebody parked who works here no longer is anybody's. */
export async function releaseParked(tx: Tx, ctx: Ctx, userId: string): Promise<void> {
  for (const { id } of await interactionsOwnedBy(tx, userId)) {
    const was = await getInteraction(tx, id);
    if (was.state === "parked" && was.owner_id === userId)
      await comeBack(tx, ctx, { was, reason: "woken", actorId: null });
  }
}

/**
 * Parked work is in hand again: with its owner who asks for it or is there, whatever else they carry; otherwise, or where the
 * owner chose so, it waits in its queue at its age.
 */
export async function comeBack(
  tx: Tx,
  ctx: Ctx,
  o: { was: InteractionRow; reason: StepReason; actorId: string | null },
): Promise<InteractionRow> {
  const { was, reason, actorId } = o;
  const owner = was.owner_id;
  if (owner === null) throw new Error(`interaction ${was.id} is parked by nobody`);
  const isWanted = was.return_to !== "queue";
  const isTheirs = actorId === owner || (isWanted && (await isThere(tx, owner)));
  const step = { actorId, userId: owner, reasons: because(reason) };
  if (isTheirs) {
    const now = await changeInteraction(tx, ctx, {
      was,
      change: { state: "active" },
      step: { event: "interaction.unparked", ...step },
    });
    await changeAgent(tx, ctx, { userId: owner });
    return now;
  }
  const now = await returnToQueue(tx, ctx, {
    was,
    change: { last_agent_id: isWanted ? owner : null, declined_by: "[]" },
    step: {
      event: "interaction.requeued",
      ...step,
      reasons: [...step.reasons, ...(isWanted ? because("agent_not_there") : [])],
    },
  });
  await changeAgent(tx, ctx, { userId: owner });
  return now;
}

/** Would see it now. Who lost the connection a moment ago counts: work in hand waits for them as well. */
async function isThere(tx: Tx, userId: string): Promise<boolean> {
  const agent = await agentById(tx, userId);
  if (!agent || agent.state === "offline" || agent.state === "away") return false;
  return (await whoIsGone(tx, userId)) === undefined;
}
