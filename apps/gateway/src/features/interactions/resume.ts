import type { StepReason } from "@tongdai/shared";
import type { Ctx } from "../../context.ts";
import type { Tx } from "../../store/index.ts";
import type { InteractionRow } from "../../store/schema.ts";
import { cancelTimer } from "../timers/index.ts";
import { changeInteraction, getInteraction } from "./change.ts";

/** Back from wrap-up to the talk, with the same owner. */
export async function resumeIn(
  tx: Tx,
  ctx: Ctx,
  o: { interactionId: string; reason: StepReason },
): Promise<InteractionRow> {
  const was = await getInteraction(tx, o.interactionId);
  await cancelTimer(tx, { kind: "wrap_up", subjectId: was.id });
  return changeInteraction(tx, ctx, {
    was,
    change: { state: "active", wrap_up_until: null },
    step: { event: "interaction.resumed", reasons: [o.reason], actorId: null },
  });
}
