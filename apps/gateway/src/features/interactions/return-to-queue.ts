import type { Ctx } from "../../context.ts";
import type { Tx } from "../../store/index.ts";
import type { InteractionRow } from "../../store/schema.ts";
import { changeInteraction, type Step } from "./change.ts";
import { holdReturned, tellHeld } from "./closed-queue.ts";

/** Puts work in hand back into its queue at its age: for whoever is there, or until the queue opens; see `holdReturned`. */
export async function returnToQueue(
  tx: Tx,
  ctx: Ctx,
  o: { was: InteractionRow; change: Partial<InteractionRow>; step: Step },
): Promise<InteractionRow> {
  const { was, change, step } = o;
  const held_until = await holdReturned(tx, ctx, { queueId: was.queue_id, leaver: was.owner_id });
  const now = await changeInteraction(tx, ctx, {
    was,
    change: { ...change, state: "waiting", owner_id: null, held_until },
    step,
  });
  if (held_until !== null) await tellHeld(tx, ctx, now);
  tx.afterCommit(ctx.wake.router);
  return now;
}
