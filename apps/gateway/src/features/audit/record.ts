import type { Caller, Ctx } from "../../context.ts";
import { newId } from "../../ids.ts";
import { insertAudit } from "../../store/audit.ts";
import type { Tx } from "../../store/index.ts";
import { addressOf } from "../../store/sessions.ts";

/** A person at a device. */
export type Actor = Pick<Caller, "userId" | "sessionId">;

export interface Act {
  /** `null`: nobody is known, or the system itself. */
  readonly by: Actor | null;
  /** Where it came from, when nobody is known. */
  readonly address?: string;
  /** `noun.past`, for example `user.created`. */
  readonly action: string;
  /** Id of what it was done to. */
  readonly target: string;
  /** Never a secret. */
  readonly detail?: Readonly<Record<string, unknown>>;
}

/** Writes who did what and from where, in the transaction that does it. */
export async function audit(tx: Tx, ctx: Pick<Ctx, "clock">, act: Act): Promise<void> {
  await insertAudit(tx, {
    id: newId(),
    at: ctx.clock.now(),
    actor_id: act.by?.userId ?? null,
    address: act.by ? await addressOf(tx, act.by.sessionId) : (act.address ?? null),
    action: act.action,
    target: act.target,
    detail: JSON.stringify(act.detail ?? {}),
  });
}
