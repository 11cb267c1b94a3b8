import { AppError, type CommandParsed, type Interaction, WorkKind } from "@tongdai/shared";
import type { Caller, Ctx } from "../../context.ts";
import { toInteraction } from "../../presenters/conversation.ts";
import { limitsOf } from "../../presenters/people.ts";
import { conversationById } from "../../store/conversations.ts";
import type { Tx } from "../../store/index.ts";
import { agentById, queueById } from "../../store/people.ts";
import { routingTurn } from "../../store/routing.ts";
import type { InteractionRow } from "../../store/schema.ts";
import { seeConversation } from "../access.ts";
import { hold } from "../hours/index.ts";
import { changeAgent } from "./agents.ts";
import { assertByHand, assertReachable, rings } from "./by-phone.ts";
import { because, changeInteraction } from "./change.ts";
import { holdReturned, tellHeld } from "./closed-queue.ts";
import { take, withdrawOfferOf } from "./offers.ts";
import { ownInteraction } from "./own.ts";
import { recordAct } from "./record-act.ts";

/**
 * Hands work on, with a note; it keeps its age, and a caller stays on the line. Throws `conflict` when the person named cannot take
 * it now.
 */
export function transfer(
  ctx: Ctx,
  caller: Caller,
  input: CommandParsed<"interaction.transfer">,
): Promise<Interaction> {
  return ctx.store.write(async (tx) => {
    // Whoever is meant must not be leaving meanwhile.
    if ("userId" in input.to) await routingTurn(tx);
    const was = await ownInteraction(tx, caller, input);
    return toInteraction(await transferIn(tx, ctx, { caller, was, to: input.to, note: input.note }));
  });
}

type Handing = Pick<CommandParsed<"interaction.transfer">, "to" | "note">;

/** Hands on what may be handed on by the caller. */
export async function transferIn(
  tx: Tx,
  ctx: Ctx,
  { caller, was, to, note }: Handing & { caller: Caller; was: InteractionRow },
): Promise<InteractionRow> {
  seeConversation(caller, await conversationById(tx, was.conversation_id));
  if (was.state === "wrap_up") assertByHand(ctx, was);
  const target = await targetOf(tx, ctx, { was, to });
  await withdrawOfferOf(tx, ctx, was.id);
  const now = await moveTo(tx, ctx, { was, target, actorId: caller.userId, note });
  if (now.held_until !== null) await tellHeld(tx, ctx, now);
  if (was.owner_id)
    await changeAgent(tx, ctx, { userId: was.owner_id, change: { idle_since: ctx.clock.now() } });
  if (was.owner_id !== caller.userId)
    await recordAct(tx, ctx, {
      caller,
      act: target.userId ? "assigned" : "moved",
      note,
      agentId: was.owner_id,
      work: now,
      detail: { ...to },
    });
  tx.afterCommit(ctx.wake.router);
  return now;
}

interface Target {
  readonly queueId: string;
  readonly userId: string | null;
  readonly heldUntil: number | null;
}

const moveTo = (
  tx: Tx,
  ctx: Ctx,
  { was, target, actorId, note }: { was: InteractionRow; target: Target; actorId: string; note: string },
): Promise<InteractionRow> =>
  changeInteraction(tx, ctx, {
    was,
    change: {
      state: "waiting",
      owner_id: null,
      queue_id: target.queueId,
      last_agent_id: null,
      transferred_to: target.userId,
      declined_by: target.userId ? "[]" : JSON.stringify([was.owner_id ?? actorId]),
      held_until: target.heldUntil,
      wrap_up_until: null,
    },
    step: {
      event: "interaction.transferred",
      reasons: because("transferred"),
      actorId,
      note,
      ...(target.userId ? { userId: target.userId } : {}),
    },
  });

/** A colleague has it already, after a word with its owner: a call whose two ends are joined. */
export async function handOver(
  tx: Tx,
  ctx: Ctx,
  { was, toUserId }: { was: InteractionRow; toUserId: string },
): Promise<void> {
  const from = was.owner_id;
  if (was.state !== "active" || from === null || from === toUserId) return;
  const target = { queueId: was.queue_id, userId: toUserId, heldUntil: null };
  const moved = await moveTo(tx, ctx, { was, target, actorId: from, note: "" });
  await take(tx, ctx, { was: moved, userId: toUserId, reasons: because("transferred") });
  await changeAgent(tx, ctx, { userId: from, change: { idle_since: ctx.clock.now() } });
}

async function targetOf(
  tx: Tx,
  ctx: Ctx,
  { was, to }: { was: InteractionRow; to: CommandParsed<"interaction.transfer">["to"] },
): Promise<Target> {
  if ("queueId" in to) {
    const queue = await queueById(tx, to.queueId);
    if (!queue) throw new AppError("not_found", "no such queue");
    const heldUntil = was.owner_id
      ? await holdReturned(tx, ctx, { queueId: queue.id, leaver: was.owner_id })
      : await hold(tx, ctx, queue);
    if (heldUntil !== null && rings(ctx, was.channel))
      throw new AppError("conflict", "the queue is closed, and a caller does not wait for its opening");
    return { queueId: queue.id, userId: null, heldUntil };
  }
  const agent = await agentById(tx, to.userId);
  if (!agent) throw new AppError("not_found", "no such agent");
  if (rings(ctx, was.channel)) assertReachable(agent);
  if (agent.state !== "available" || agent.lost_at !== null)
    throw new AppError("conflict", "the agent is not there", { state: agent.state });
  // It would be kept for them until they are gone.
  if (limitsOf(agent)[WorkKind.parse(was.work)] === 0)
    throw new AppError("conflict", "the agent takes no such work");
  if (to.userId === was.owner_id) throw new AppError("conflict", "the agent has it already");
  return { queueId: was.queue_id, userId: to.userId, heldUntil: null };
}
