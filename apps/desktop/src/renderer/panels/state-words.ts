import { type AgentState, AgentStateName, type AwayReason, type StateRules } from "@tongdai/shared";
import { useSelect } from "../actions/react-client.ts";
import { currentLanguage, type T, useT } from "../i18n/index.ts";

export const reasonName = ({ name }: AwayReason): string => name[currentLanguage()];

/** Why somebody is away, as the administrator calls it; `missed` and `lost` the gateway says. */
export function awayText(code: string, rules: StateRules, t: T): string {
  const reason = rules.reasons.find((r) => r.id === code);
  if (reason) return reasonName(reason);
  return t(`agent.reason.${code === "missed" || code === "lost" ? code : "other"}`);
}

/** What keeps somebody from being asked: a state, or the reason of being away. */
export function stateText(code: string, rules: StateRules, t: T): string {
  const state = AgentStateName.safeParse(code);
  return state.success ? t(`agent.state.${state.data}`) : awayText(code, rules, t);
}

type Stated = Pick<AgentState, "state" | "reason">;

/** A state in a word: the reason, where somebody is away. */
export const useStateWord = () => {
  const t = useT();
  const rules = useSelect((s) => s.people.stateRules);
  return ({ state, reason }: Stated) =>
    state === "away" && reason !== null ? awayText(reason, rules, t) : t(`agent.state.${state}`);
};

/** A state in a sentence of its own: "Away: Lunch". */
export const stateWithReason = ({ state, reason }: Stated, rules: StateRules, t: T): string =>
  state === "away" && reason !== null
    ? t("agent.awayWith", { reason: awayText(reason, rules, t) })
    : t(`agent.state.${state}`);
