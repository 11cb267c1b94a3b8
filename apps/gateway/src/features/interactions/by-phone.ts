import { AppError } from "@tongdai/shared";
import type { Ctx } from "../../context.ts";
import type { InteractionRow } from "../../store/schema.ts";

/** Whether work of a channel rings at its agent's phone. */
export const rings = (ctx: Ctx, channel: string): boolean =>
  ctx.channels.all.some((c) => c.id === channel && c.capabilities.calls === true);

/** A call is where its phone is: the desk alone neither takes it nor hands it on. Throws `illegal_transition`. */
export function assertByHand(ctx: Ctx, { channel, state }: Pick<InteractionRow, "channel" | "state">): void {
  if (rings(ctx, channel))
    throw new AppError("illegal_transition", "this is done at the phone", { from: state });
}
