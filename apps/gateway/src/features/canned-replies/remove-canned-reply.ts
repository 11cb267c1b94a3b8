import type { Caller, Ctx } from "../../context.ts";
import { deleteCannedReply } from "../../store/canned-replies.ts";

/** Removing what is gone already is no error: the command may be a repeated one. */
export const removeCannedReply = (ctx: Ctx, caller: Caller, id: string): Promise<void> =>
  ctx.store.write(async (tx) => {
    if (!(await deleteCannedReply(tx, id))) return;
    tx.journal({
      name: "canned_reply.removed",
      at: ctx.clock.now(),
      actorId: caller.userId,
      scopes: ["org"],
      data: { id },
    });
  });
