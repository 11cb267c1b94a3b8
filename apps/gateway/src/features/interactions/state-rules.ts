import { AppError, defaultStateRules, StateRules } from "@tongdai/shared";
import type { Queryable } from "../../store/index.ts";
import { fromJson } from "../../store/json.ts";
import { readSetting } from "../../store/settings.ts";

export const STATE_RULES = "state_rules";

export async function readStateRules(q: Queryable): Promise<StateRules> {
  const value = await readSetting(q, STATE_RULES);
  return value === undefined ? defaultStateRules : fromJson(StateRules, value);
}

/** Throws `invalid_input` for a reason that nobody can choose, or no longer. */
export async function assertMayChoose(q: Queryable, reason: string): Promise<void> {
  const { reasons } = await readStateRules(q);
  if (!reasons.some((r) => r.id === reason && !r.retired))
    throw new AppError("invalid_input", "no such reason", { field: "reason" });
}
