import type { Ctx } from "../../context.ts";
import { newId } from "../../ids.ts";
import { insertAudit } from "../../store/audit.ts";
import type { Tx } from "../../store/index.ts";

export interface Act {
  /** `null`: nobody is known, or the system itself. */
  readonly actorId: string | null;
  /** `noun.past`, for example `user.created`. */
  readonly action: string;
  /** Id of what it was done to. */
  readonly target: string;
  /** Never a secret. */
  readonly detail?: Readonly<Record<string, unknown>>;
}

/** Writes who did what, in the transaction that does it. */
export async function audit(tx: Tx, ctx: Pick<Ctx, "clock">, act: Act): Promise<void> {
  await insertAudit(tx, {
    id: newId(),
    at: ctx.clock.now(),
    actor_id: act.actorId,
    action: act.action,
    target: act.target,
    detail: JSON.stringify(act.detail ?? {}),
  });
}
