import type { Ctx } from "../../context.ts";
import type { Tx } from "../../store/index.ts";
import { lookAtWork } from "../../store/routing.ts";
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
  if (await lookAtWork(tx, interactionId, change)) tx.afterCommit(ctx.wake.router);
}
