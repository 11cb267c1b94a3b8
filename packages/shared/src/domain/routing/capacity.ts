import type { WorkKind } from "../../contract/channel-info.ts";
import type { CapacityRule, Limits } from "../../contract/routing.ts";
import type { Carries } from "./floor.ts";

const KINDS: readonly WorkKind[] = ["call", "chat", "mail"];
/** Three thirds are one, ten tenths too. */
const EPSILON = 1e-9;

/**
 * The part of an agent that is taken, 1 being all: a piece of work takes one part in as many as the agent may carry of
 * its kind. Seen by new work of a kind, what that kind may interrupt does not count.
 */
export function load(
  agent: { readonly limits: Limits; readonly carries: Carries },
  rule: CapacityRule,
  by?: WorkKind,
): number {
  let sum = 0;
  for (const kind of KINDS) {
    if (by && rule.interrupts.some((i) => i.by === by && i.over === kind)) continue;
    const limit = agent.limits[kind];
    const { idleChats } = agent.carries;
    const count = agent.carries[kind] - (kind === "chat" ? idleChats * (1 - rule.idleChat) : 0);
    // Work that was taken before the limit was set to 0 takes all of a person.
    if (count > 0) sum += count / Math.max(limit, 1);
  }
  return sum;
}

/** Whether one more piece of work of this kind fits. */
export function hasRoom(
  agent: { readonly limits: Limits; readonly carries: Carries },
  rule: CapacityRule,
  kind: WorkKind,
): boolean {
  const limit = agent.limits[kind];
  return limit > 0 && load(agent, rule, kind) + 1 / limit <= 1 + EPSILON;
}

export const withOneMore = (carries: Carries, kind: WorkKind): Carries => ({
  ...carries,
  [kind]: carries[kind] + 1,
});
