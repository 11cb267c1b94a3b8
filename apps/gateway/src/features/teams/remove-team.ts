import type { Caller, Ctx } from "../../context.ts";
import { routingTurn } from "../../store/routing.ts";
import { queueIdsWithTeam } from "../../store/staffing.ts";
import { deleteTeam, teamById } from "../../store/teams.ts";
import { audit } from "../audit/index.ts";
import { restaff } from "../queues/index.ts";

/** Removing what is gone already is no error. Its people leave the queues that had it. */
export const removeTeam = (ctx: Ctx, caller: Caller, id: string): Promise<void> =>
  ctx.store.write(async (tx) => {
    await routingTurn(tx);
    const was = await teamById(tx, id);
    if (!was) return;
    const actorId = caller.userId;
    await restaff(tx, ctx, {
      queueIds: await queueIdsWithTeam(tx, id),
      actorId,
      change: () => deleteTeam(tx, id),
    });
    tx.journal({ name: "team.removed", at: ctx.clock.now(), actorId, scopes: ["org"], data: { id } });
    await audit(tx, ctx, { by: caller, action: "team.removed", target: id, detail: { name: was.name } });
  });
