import type { Ctx } from "../../context.ts";
import { callById } from "../../store/calls.ts";
import { interactionById } from "../../store/interactions.ts";
import type { InteractionRow } from "../../store/schema.ts";
import { getInteraction, handOver } from "../interactions/index.ts";
import { heldCall } from "./tell.ts";

export const isWaiting = ({ state }: Pick<InteractionRow, "state">): boolean =>
  state === "waiting" || state === "offered";

/** Its work was handed on while its agent still talks: the agent is let go, and the caller waits for the next one. */
export async function letGo(ctx: Ctx, callId: string): Promise<void> {
  const call = await callById(ctx.store, callId);
  if (call?.state !== "talking" || call.interaction_id === null) return;
  const work = await interactionById(ctx.store, call.interaction_id);
  if (work && isWaiting(work)) ctx.telephony?.release(callId);
}

/** Its agent joined the caller with a colleague, who has the work from now on. */
export const joinedBy = (ctx: Ctx, callId: string, toUserId: string): Promise<void> =>
  ctx.store.write(async (tx) => {
    const call = await heldCall(tx, callId);
    if (!call || call.interactionId === null) return;
    await handOver(tx, ctx, { was: await getInteraction(tx, call.interactionId), toUserId });
  });
