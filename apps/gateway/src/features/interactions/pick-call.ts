import { AppError } from "@tongdai/shared";
import type { Ctx } from "../../context.ts";
import type { Tx } from "../../store/index.ts";
import { agentById } from "../../store/people.ts";
import type { InteractionRow } from "../../store/schema.ts";
import { because, changeInteraction } from "./change.ts";
import { withdrawOfferOf } from "./offers.ts";

/**
 * Lets a call that waits ring at whoever wants it, and at nobody else. Throws `conflict` when it cannot: no phone, not there, or too
 * much in hand.
 */
export async function pickCall(
  tx: Tx,
  ctx: Ctx,
  { was, userId }: { was: InteractionRow; userId: string },
): Promise<InteractionRow> {
  await withdrawOfferOf(tx, ctx, was.id);
  const agent = await agentById(tx, userId);
  const isFree = agent && agent.carries.call === 0 && agent.carries.chat === 0;
  if (!isFree || agent.phone === 0 || agent.state !== "available")
    throw new AppError("conflict", "a call cannot ring there now", { state: agent?.state ?? null });
  const now = await changeInteraction(tx, ctx, {
    was,
    change: { state: "waiting", transferred_to: userId, last_agent_id: null, declined_by: "[]" },
    step: { event: "interaction.transferred", reasons: because("claimed"), actorId: userId, userId },
  });
  tx.afterCommit(ctx.wake.router);
  return now;
}
