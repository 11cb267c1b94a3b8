import type { Ctx } from "../context.ts";
import { changeMessage, markSent } from "../features/conversations/index.ts";
import { messageById } from "../store/messages.ts";
import type { SendOutcome } from "./channel.ts";

/**
 * The vendor may yet answer what we no longer waited for. A yes counts whatever somebody has made of the message meanwhile, as
 * an echo does: what was to be sent again is not. A no counts while nobody knows better.
 */
export function heedLate(ctx: Ctx, messageId: string, late: Promise<SendOutcome | null>): void {
  late
    .then((outcome) => outcome && settle(ctx, messageId, outcome))
    .catch((error: unknown) => ctx.log.warn({ err: error, message: messageId }, "a late answer was lost"));
}

const settle = (ctx: Ctx, messageId: string, outcome: SendOutcome): Promise<void> =>
  ctx.store.write(async (tx) => {
    const was = await messageById(tx, messageId);
    if (!was || was.external_id !== null || outcome.kind === "unknown") return;
    if (outcome.kind === "sent") {
      const { externalId, partIds } = outcome;
      await markSent(tx, ctx, { was, externalId, vendorAt: was.vendor_at, ...(partIds && { partIds }) });
    } else if (was.state === "unknown") {
      const error = JSON.stringify({ code: outcome.code, detail: outcome.detail.slice(0, 500) });
      await changeMessage(tx, ctx, { was, change: { state: "failed", error } });
    }
  });
