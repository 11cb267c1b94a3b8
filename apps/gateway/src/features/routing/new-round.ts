import type { Ctx } from "../../context.ts";
import type { Tx } from "../../store/index.ts";
import { interactionById, updateInteraction } from "../../store/interactions.ts";
import { setTimer } from "../timers/index.ts";

const PAUSE_MS = 15_000;

export const startRoundLater = (tx: Tx, ctx: Ctx, interactionId: string): Promise<void> =>
  setTimer(tx, ctx, { kind: "new_round", subjectId: interactionId, dueAt: ctx.clock.now() + PAUSE_MS });

/** Timer `new_round`: forget who declined, so that everyone there is asked again. */
export const startRound = (tx: Tx, ctx: Ctx, interactionId: string): Promise<void> =>
  lookAgain(tx, ctx, interactionId, { declined_by: "[]" });

/** Timer `look_again`: time has brought more agents within reach. */
export async function lookAgain(
  tx: Tx,
  ctx: Ctx,
  interactionId: string,
  change: { readonly declined_by?: string } = {},
): Promise<void> {
  const row = await interactionById(tx, interactionId);
  if (row?.state !== "waiting") return;
  await updateInteraction(tx, row, { ...change, look_again: 1 });
  tx.afterCommit(ctx.wake.router);
}
