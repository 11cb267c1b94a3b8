import type { StepReason } from "@tongdai/shared";
import type { Ctx } from "../../context.ts";
import type { Tx } from "../../store/index.ts";
import type { InteractionRow } from "../../store/schema.ts";
import { cancelTimer } from "../timers/index.ts";
import { changeAgent } from "./agents.ts";
import { because, changeInteraction, getInteraction } from "./change.ts";
import { comeBack } from "./park.ts";
import { giveUp } from "./presence.ts";
import { whoIsGone } from "./who-is-gone.ts";

/** Has an owner who is just not talking: a word makes it go on. */
export const isPaused = (state: string | null): boolean => state === "wrap_up" || state === "parked";

/**
 * Back from wrap-up or parking to the talk with the same owner; when the customer writes and the owner is gone, to the queue.
 */
export async function resumeIn(
  tx: Tx,
  ctx: Ctx,
  o: { interactionId: string; reason: StepReason },
): Promise<InteractionRow> {
  const was = await getInteraction(tx, o.interactionId);
  // An agent who writes is there, whatever the state says.
  const isOwnWord = o.reason !== "customer_wrote";
  if (was.state === "parked")
    return comeBack(tx, ctx, { was, reason: o.reason, actorId: isOwnWord ? was.owner_id : null });
  await cancelTimer(tx, { kind: "wrap_up", subjectId: was.id });
  const owner = isOwnWord ? null : was.owner_id;
  const agent = owner === null ? undefined : await whoIsGone(tx, owner);
  if (!agent)
    return changeInteraction(tx, ctx, {
      was,
      change: { state: "active", wrap_up_until: null },
      step: { event: "interaction.resumed", reasons: because(o.reason), actorId: null },
    });
  const now = await giveUp(tx, ctx, { was, agent });
  await changeAgent(tx, ctx, { userId: agent.user_id });
  return now;
}
