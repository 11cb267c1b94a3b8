import { useState } from "react";
import { useRun, useSelect } from "../actions/react-client.ts";
import { setAgentState } from "../actions/set-agent-state.ts";
import { useT } from "../i18n/index.ts";
import { reasonName, stateWithReason } from "../panels/state-words.ts";
import { can, selectAgent, selectAwayReasons } from "../state/selectors.ts";
import { DropdownMenu, type MenuEntry } from "../ui/menu.tsx";
import { StatusDot } from "../ui/status-dot.tsx";
import { Elapsed } from "../ui/time.tsx";
import { useShortcuts } from "../ui/use-shortcuts.ts";

/** The agent's own state: always in sight, one key to change. */
export function AgentStateSwitch() {
  const t = useT();
  const run = useRun();
  const agent = useSelect(selectAgent);
  const canWork = useSelect((s) => can(s, "work"));
  const rules = useSelect((s) => s.people.stateRules);
  const reasons = useSelect(selectAwayReasons);
  const [open, setOpen] = useState(false);
  useShortcuts(
    {
      "agent.state": () => setOpen(true),
      "agent.available": () => run((client) => setAgentState(client, { state: "available" })),
    },
    canWork,
  );
  if (!canWork) return null;
  const state = agent?.state ?? "offline";
  const choose = (next: "available" | "busy" | "offline") => ({
    id: next,
    label: t(`agent.state.${next}`),
    hint: t(`agent.stateHint.${next}`),
    icon: <StatusDot state={next} decorative />,
    checked: state === next,
    onSelect: () => run((client) => setAgentState(client, { state: next })),
  });
  const entries: MenuEntry[] = [
    { kind: "title", id: "title", label: t("agent.stateLabel") },
    choose("available"),
    choose("busy"),
    {
      kind: "menu",
      id: "away",
      label: t("agent.state.away"),
      icon: <StatusDot state="away" decorative />,
      entries: reasons.map((reason) => ({
        id: reason.id,
        label: reasonName(reason),
        checked: agent?.state === "away" && agent.reason === reason.id,
        onSelect: () => run((client) => setAgentState(client, { state: "away", reason: reason.id })),
      })),
    },
    choose("offline"),
  ];
  const words = stateWithReason({ state, reason: agent?.reason ?? null }, rules, t);
  const load = agent ? t("agent.load", { used: agent.carries.chat, capacity: agent.limits.chat }) : "";
  return (
    <DropdownMenu
      side="right"
      align="end"
      open={open}
      onOpenChange={setOpen}
      entries={entries}
      trigger={
        <button
          type="button"
          title={`${words}. ${t("agent.change")} (P)`}
          aria-keyshortcuts="p"
          className="flex w-11 flex-col items-center gap-0.5 rounded-ui py-1.5 hover:bg-hover data-[state=open]:bg-hover"
        >
          <span className="sr-only">
            {t("agent.stateLabel")}: {words}. {load}
          </span>
          <StatusDot state={state} size={16} decorative />
          {agent && (
            <>
              <span className="tabular text-small font-medium text-ink-2">
                {agent.carries.chat}/{agent.limits.chat}
              </span>
              <span className="text-small text-ink-3">
                <Elapsed since={agent.since} />
              </span>
            </>
          )}
        </button>
      }
    />
  );
}
