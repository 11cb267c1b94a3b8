import { AppError } from "@tongdai/shared";
import type { Caller, Ctx } from "../../context.ts";
import { deleteHours, hoursById, queueIdsWithHours } from "../../store/hours.ts";
import { routingTurn } from "../../store/routing.ts";
import { audit } from "../audit/index.ts";

/** Removing what is gone already is no error: the command may be a repeated one. Throws `conflict` while a queue goes by them. */
export const removeHours = (ctx: Ctx, caller: Caller, id: string): Promise<void> =>
  ctx.store.write(async (tx) => {
    await routingTurn(tx);
    const was = await hoursById(tx, id);
    if (!was) return;
    if ((await queueIdsWithHours(tx, id)).length > 0)
      throw new AppError("conflict", "a queue goes by these hours", { reason: "in_use" });
    await deleteHours(tx, id);
    tx.journal({
      name: "hours.removed",
      at: ctx.clock.now(),
      actorId: caller.userId,
      scopes: ["org"],
      data: { id },
    });
    await audit(tx, ctx, { by: caller, action: "hours.removed", target: id, detail: { name: was.name } });
  });
