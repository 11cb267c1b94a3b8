import { type AuditAction, foldedWords } from "@tongdai/shared";
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
  readonly action: AuditAction;
  /** Id of what it was done to. */
  readonly target: string;
  /** Never a secret. */
  readonly detail?: Readonly<Record<string, unknown>>;
}

/** Writes who did what and from where, in the transaction that does it. */
export async function audit(tx: Tx, ctx: Pick<Ctx, "clock">, act: Act): Promise<void> {
  const address = act.by ? await addressOf(tx, act.by.sessionId) : (act.address ?? null);
  await insertAudit(tx, {
    id: newId(),
    at: ctx.clock.now(),
    actor_id: act.by?.userId ?? null,
    address,
    action: act.action,
    target: act.target,
    detail: JSON.stringify(act.detail ?? {}),
    folded: foldedWords([act.action, act.target, address, ...textsIn(act.detail)].join(" "))
      .join(" ")
      .slice(0, LONGEST),
  });
}

/** Of long details the beginning is found. */
const LONGEST = 4_000;

/** Every text in it, however deep; ids and numbers say nothing to people. */
function textsIn(value: unknown): string[] {
  if (typeof value === "string") return isId(value) ? [] : [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

const isId = (text: string): boolean => /^[0-9a-f]{8}-[0-9a-f-]{27}$/.test(text);
