import { AppError } from "@tongdai/shared";
import type { Ctx } from "../../context.ts";
import type { AgentRow } from "../../store/people.ts";
import type { InteractionRow } from "../../store/schema.ts";

/** Whether work of a channel rings at its agent's phone. */
export const rings = (ctx: Ctx, channel: string): boolean =>
  ctx.channels.all.some((c) => c.id === channel && c.capabilities.calls === true);

/** A call is where its phone is: the desk alone neither takes it nor hands it on. Throws `illegal_transition`. */
export function assertByHand(ctx: Ctx, { channel, state }: Pick<InteractionRow, "channel" | "state">): void {
  if (rings(ctx, channel))
    throw new AppError("illegal_transition", "this is done at the phone", { from: state });
}

/** A caller is on the line and is not kept for somebody who is busy. Throws `conflict`: no phone, not there, or too much in hand. */
export function assertReachable(agent: AgentRow | undefined): void {
  const isFree = agent && agent.carries.call === 0 && agent.carries.chat === 0;
  if (!isFree || agent.phone === 0 || agent.state !== "available")
    throw new AppError("conflict", "a call cannot ring there now", { state: agent?.state ?? null });
}
