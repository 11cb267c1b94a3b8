import type { Ctx } from "../../context.ts";
import type { Tx } from "../../store/index.ts";
import { interactionById, updateInteraction } from "../../store/interactions.ts";
import { setTimer } from "../timers/index.ts";

const PAUSE_MS = 15_000;

export const startRoundLater = (tx: Tx, ctx: Ctx, interactionId: string): Promise<void> =>
  setTimer(tx, ctx, { kind: "new_round", subjectId: interactionId, dueAt: ctx.clock.now() + PAUSE_MS });

/** Timer `new_round`: forget who declined, so that everyone there is asked again. */
export async function startRound(tx: Tx, ctx: Ctx, interactionId: string): Promise<void> {
  const row = await interactionById(tx, interactionId);
  if (row?.state !== "waiting") return;
  await updateInteraction(tx, row, { declined_by: "[]", wait_reason: null });
  tx.afterCommit(ctx.wake.router);
}
