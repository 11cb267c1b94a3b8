import type { AgentState } from "@tongdai/shared";
import { useRun, useSelect } from "../../actions/react-client.ts";
import { setAgentState } from "../../actions/set-agent-state.ts";
import { type T, useT } from "../../i18n/index.ts";
import { selectAgent } from "../../state/selectors.ts";
import { formatTime } from "../../ui/format.ts";
import { Banner } from "../../ui/states.tsx";

/** Nothing new is offered to this agent now. */
export const isPaused = (agent: AgentState | null): boolean =>
  agent === null || agent.state === "offline" || agent.state === "away" || agent.state === "busy";

/** Why nothing comes, since when, and what would change that. */
export function pausedText(agent: AgentState | null, t: T): string {
  if (!agent) return t("agent.pausedBody");
  const state =
    agent.state === "away" && agent.reason
      ? t("agent.awayWith", { reason: t(`agent.reason.${agent.reason}`) })
      : t(`agent.state.${agent.state}`);
  const since = t("agent.pausedSince", { state, time: formatTime(agent.since) });
  return `${since} ${agent.reason === "missed" ? t("agent.missedBody") : t("agent.pausedBody")}`;
}

/** Over the lists: the gateway, not the agent, chose to send nothing more. */
export function Paused() {
  const t = useT();
  const run = useRun();
  const agent = useSelect(selectAgent);
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
        state: t("agent.awayWith", { reason: t(`agent.reason.${agent.reason}`) }),
        time: formatTime(agent.since),
      })}
    </Banner>
  );
}
