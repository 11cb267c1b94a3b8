import type { AgentFloor } from "@tongdai/shared";
import { useT } from "../../i18n/index.ts";
import { StatusDot } from "../../ui/status-dot.tsx";

const states = ["available", "busy", "wrap_up", "away"] as const;

/** How many agents are in which state, for the wall. */
export function StaffCounts({ agents }: { readonly agents: ReadonlyMap<string, AgentFloor> }) {
  const t = useT();
  const counts = Map.groupBy(agents.values(), (a) => a.state);
  return (
    <ul aria-label={t("board.staff")} className="flex gap-6 text-[1.25rem] text-ink-2">
      {states.map((state) => (
        <li key={state} className="flex items-center gap-2 whitespace-nowrap">
          <StatusDot state={state} decorative size={16} />
          {t(`agent.state.${state}`)}
          <span className="tabular font-semibold text-ink">{counts.get(state)?.length ?? 0}</span>
        </li>
      ))}
    </ul>
  );
}
