import type { AgentState, StateRules } from "@tongdai/shared";
import { useRun, useSelect } from "../../actions/react-client.ts";
import { setAgentState } from "../../actions/set-agent-state.ts";
import { type T, useT } from "../../i18n/index.ts";
import { selectAgent } from "../../state/selectors.ts";
import { formatTime } from "../../ui/format.ts";
import { Banner } from "../../ui/states.tsx";
import { stateWithReason } from "../state-words.ts";

/** Nothing new is offered to this agent now. */
export const isPaused = (agent: AgentState | null): boolean =>
  agent === null || agent.state === "offline" || agent.state === "away" || agent.state === "busy";

/** Why nothing comes, since when, and what would change that. */
export function pausedText(agent: AgentState | null, rules: StateRules, t: T): string {
  if (!agent) return t("agent.pausedBody");
  const state = stateWithReason(agent, rules, t);
  const since = t("agent.pausedSince", { state, time: formatTime(agent.since) });
  return `${since} ${agent.reason === "missed" ? t("agent.missedBody") : t("agent.pausedBody")}`;
}

/** Over the lists: the gateway, not the agent, chose to send nothing more. */
export function Paused() {
  const t = useT();
  const run = useRun();
  const agent = useSelect(selectAgent);
  const rules = useSelect((s) => s.people.stateRules);
  if (agent?.state !== "away" || (agent.reason !== "missed" && agent.reason !== "lost")) return null;
  return (
    <Banner
      tone="warning"
      action={{
        label: t("agent.backToWork"),
        onClick: () => run((c) => setAgentState(c, { state: "available" })),
      }}
    >
      {t("agent.pausedSince", {
        state: stateWithReason(agent, rules, t),
        time: formatTime(agent.since),
      })}
    </Banner>
  );
}
