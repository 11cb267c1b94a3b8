import type { Ctx } from "../../context.ts";
import type { Tx } from "../../store/index.ts";
import { queueById } from "../../store/people.ts";
import type { InteractionRow } from "../../store/schema.ts";
import { hold } from "../hours/index.ts";
import { because, changeInteraction } from "./change.ts";
import { tellHeld } from "./closed-queue.ts";

/** Hands waiting work to another queue because it has waited too long; it keeps its age. False when there is no such queue. */
export async function moveBySystem(
  tx: Tx,
  ctx: Ctx,
  { was, queueId }: { was: InteractionRow; queueId: string },
): Promise<boolean> {
  const queue = await queueById(tx, queueId);
  if (!queue) return false;
  const now = await changeInteraction(tx, ctx, {
    was,
    change: {
      state: "waiting",
      queue_id: queueId,
      last_agent_id: null,
      transferred_to: null,
      declined_by: "[]",
      held_until: await hold(tx, ctx, queue),
    },
    step: { event: "interaction.transferred", reasons: because("waited_too_long"), actorId: null },
  });
  if (now.held_until !== null) await tellHeld(tx, ctx, now);
  tx.afterCommit(ctx.wake.router);
  return true;
}
