import type { Ctx } from "../../context.ts";
import type { Tx } from "../../store/index.ts";
import { agentById } from "../../store/people.ts";
import type { InteractionRow } from "../../store/schema.ts";
import { assertReachable } from "./by-phone.ts";
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
  assertReachable(await agentById(tx, userId));
  const now = await changeInteraction(tx, ctx, {
    was,
    change: { state: "waiting", transferred_to: userId, last_agent_id: null, declined_by: "[]" },
    step: { event: "interaction.transferred", reasons: because("claimed"), actorId: userId, userId },
  });
  tx.afterCommit(ctx.wake.router);
  return now;
}
