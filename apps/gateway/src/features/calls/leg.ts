import { joins, refusalOfPhone, withLeg } from "@tongdai/shared";
import type { Ctx } from "../../context.ts";
import type { Tx } from "../../store/index.ts";
import { openOfferOf } from "../../store/interactions.ts";
import type { LegNews } from "../../telephony/provider.ts";
import { acceptIn, declineIn, getInteraction, missOffer } from "../interactions/index.ts";
import { isWaiting } from "./hand-on.ts";
import { heldCall, keepCall } from "./tell.ts";

/** Keeps a step of a leg; an agent who answers has the work with it, and one whose phone does not take it is not asked again. */
export function noteLeg(ctx: Ctx, news: LegNews): Promise<void> {
  return ctx.store.write(async (tx) => {
    const was = await heldCall(tx, news.callId);
    if (!was) return;
    const { interactionId } = was;
    const waits = interactionId !== null && isWaiting(await getInteraction(tx, interactionId));
    const now = withLeg(was, { ...news, waits });
    await keepCall(tx, ctx, now, news.talk);
    if (news.userId === null || interactionId === null) return;
    if (joins(was, news)) await acceptIn(tx, ctx, { interactionId, userId: news.userId });
    if (news.phase === "down" && was.state === "ringing")
      await refuse(tx, ctx, { interactionId, news, userId: news.userId });
  });
}

async function refuse(
  tx: Tx,
  ctx: Ctx,
  { interactionId, news, userId }: { interactionId: string; news: LegNews; userId: string },
): Promise<void> {
  const offer = await openOfferOf(tx, interactionId);
  if (offer?.user_id !== userId || news.cause === null) return;
  if (refusalOfPhone(news.cause) === "missed") await missOffer(tx, ctx, offer.id);
  else await declineIn(tx, ctx, { offer, actorId: news.cause.by === "party" ? userId : null });
}
