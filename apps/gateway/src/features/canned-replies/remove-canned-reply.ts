import type { Caller, Ctx } from "../../context.ts";
import { cannedReplyById, deleteCannedReply } from "../../store/canned-replies.ts";
import { audit } from "../audit/index.ts";

/** Removing what is gone already is no error: the command may be a repeated one. */
export const removeCannedReply = (ctx: Ctx, caller: Caller, id: string): Promise<void> =>
  ctx.store.write(async (tx) => {
    const was = await cannedReplyById(tx, id);
    if (!was || !(await deleteCannedReply(tx, id))) return;
    tx.journal({
      name: "canned_reply.removed",
      at: ctx.clock.now(),
      actorId: caller.userId,
      scopes: ["org"],
      data: { id },
    });
    const { shortcut, text } = was;
    await audit(tx, ctx, {
      by: caller,
      action: "canned_reply.removed",
      target: id,
      detail: { shortcut, text },
    });
  });
