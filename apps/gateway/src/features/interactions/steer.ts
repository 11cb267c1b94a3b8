import { AppError, type CommandParsed, type Interaction } from "@tongdai/shared";
import type { Caller, Ctx } from "../../context.ts";
import { toInteraction } from "../../presenters/conversation.ts";
import { changeAgent } from "./agents.ts";
import { assertByHand } from "./by-phone.ts";
import { because, changeInteraction } from "./change.ts";
import { take, withdrawOfferOf } from "./offers.ts";
import { ownInteraction } from "./own.ts";
import { recordAct } from "./record-act.ts";

/** Lets waiting work go ahead of others in its line, or takes that back. Throws `illegal_transition` when it no longer waits. */
export function boost(
  ctx: Ctx,
  caller: Caller,
  input: CommandParsed<"interaction.boost">,
): Promise<Interaction> {
  return ctx.store.write(async (tx) => {
    const was = await ownInteraction(tx, caller, input);
    if (was.state !== "waiting" && was.state !== "offered")
      throw new AppError("illegal_transition", "nobody waits for this any more", { from: was.state });
    const now = await changeInteraction(tx, ctx, {
      was,
      change: { state: was.state, boost: input.boost },
      step: {
        event: "interaction.prioritised",
        reasons: because(input.boost > was.boost ? "prioritised" : "put_back"),
        actorId: caller.userId,
        note: input.note,
      },
    });
    await recordAct(tx, ctx, {
      caller,
      act: "prioritised",
      note: input.note,
      agentId: null,
      work: now,
      detail: { boost: [was.boost, now.boost] },
    });
    tx.afterCommit(ctx.wake.router);
    return toInteraction(now);
  });
}

/** Makes the caller the owner of work that waits or that somebody else talks in. */
export function takeOver(
  ctx: Ctx,
  caller: Caller,
  input: CommandParsed<"interaction.take_over">,
): Promise<Interaction> {
  return ctx.store.write(async (tx) => {
    const was = await ownInteraction(tx, caller, input);
    if (was.owner_id === caller.userId) throw new AppError("conflict", "it is yours already");
    assertByHand(ctx, was);
    if (was.state === "wrap_up")
      throw new AppError("illegal_transition", "the talk is over", { from: was.state });
    await withdrawOfferOf(tx, ctx, was.id);
    const { note } = input;
    const now = await take(tx, ctx, { was, userId: caller.userId, reasons: because("taken_over"), note });
    if (was.owner_id)
      await changeAgent(tx, ctx, { userId: was.owner_id, change: { idle_since: ctx.clock.now() } });
    await recordAct(tx, ctx, { caller, act: "taken_over", note, agentId: was.owner_id, work: now });
    return toInteraction(now);
  });
}
