import type { AgentState, WorkKind } from "@tongdai/shared";
import { History, Mail, MessageCircle, Phone } from "lucide-react";
import { useState } from "react";
import { useClient, useRun, useSelect } from "../actions/react-client.ts";
import { setAgentState } from "../actions/set-agent-state.ts";
import { goOffline } from "../actions/sign-off.ts";
import { useT } from "../i18n/index.ts";
import { DayHistory } from "../panels/day-history.tsx";
import { loadsOf, useLoadText, useMeasure } from "../panels/load-text.ts";
import { useOverdue } from "../panels/overdue.tsx";
import { reasonName, stateWithReason } from "../panels/state-words.ts";
import { can, selectAgent, selectAwayReasons } from "../state/selectors.ts";
import { cn } from "../ui/cn.ts";
import { Dialog } from "../ui/dialog.tsx";
import { formatTime } from "../ui/format.ts";
import { DropdownMenu, type MenuEntry } from "../ui/menu.tsx";
import { StatusDot } from "../ui/status-dot.tsx";
import { Elapsed, lengthText } from "../ui/time.tsx";
import { useShortcuts } from "../ui/use-shortcuts.ts";

/** The agent's own state: always in sight, one key to change. */
export function AgentStateSwitch() {
  const t = useT();
  const client = useClient();
  const run = useRun();
  const agent = useSelect(selectAgent);
  const canWork = useSelect((s) => can(s, "work"));
  const rules = useSelect((s) => s.people.stateRules);
  const reasons = useSelect(selectAwayReasons);
  const loadText = useLoadText();
  const measure = useMeasure();
  const [open, setOpen] = useState(false);
  const [day, setDay] = useState(false);
  const over = useOverdue(agent ?? { overAt: null });
  useShortcuts(
    {
      "agent.state": () => setOpen(true),
      "agent.available": () => run((client) => setAgentState(client, { state: "available" })),
    },
    canWork,
  );
  if (!canWork) return null;
  const state = agent?.state ?? "offline";
  const words = stateWithReason({ state, reason: agent?.reason ?? null }, rules, t);
  const said = over === null ? words : t("states.overNow", { state: words, time: over });
  const choose = (next: "available" | "busy" | "offline") => ({
    id: next,
    label: t(`agent.state.${next}`),
    hint: t(`agent.stateHint.${next}`),
    icon: <StatusDot state={next} decorative />,
    checked: state === next,
    onSelect: () =>
      next === "offline" ? goOffline(client) : run(() => setAgentState(client, { state: next })),
  });
  const headOf = ({ overAt }: AgentState) =>
    overAt === null
      ? t("agent.stateLabel")
      : over === null
        ? t("states.untilOver", { state: words, time: formatTime(overAt) })
        : said;
  const entries: MenuEntry[] = [
    { kind: "title", id: "title", label: agent ? headOf(agent) : t("agent.stateLabel") },
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
        ...(reason.maxMinutes === null
          ? {}
          : { hint: t("states.rules.atMost", { time: lengthText(reason.maxMinutes * 60_000, t) }) }),
        checked: agent?.state === "away" && agent.reason === reason.id,
        onSelect: () => run((client) => setAgentState(client, { state: "away", reason: reason.id })),
      })),
    },
    choose("offline"),
    { kind: "line", id: "line" },
    { id: "day", label: t("states.day.mine"), icon: History, onSelect: () => setDay(true) },
  ];
  return (
    <>
      <DropdownMenu
        side="right"
        align="end"
        open={open}
        onOpenChange={setOpen}
        entries={entries}
        trigger={
          <button
            type="button"
            title={[said, agent && loadText(agent), `${t("agent.change")} (P)`].filter(Boolean).join(". ")}
            aria-keyshortcuts="p"
            className="flex w-11 flex-col items-center gap-0.5 rounded-ui py-1.5 hover:bg-hover data-[state=open]:bg-hover"
          >
            <span className="sr-only">
              {t("agent.stateLabel")}: {said}. {agent ? loadText(agent) : ""}
            </span>
            <StatusDot state={state} size={16} decorative />
            {agent && (
              <>
                {loadsOf(agent, measure).map(({ kind, used, limit, isFull }) => (
                  <span
                    key={kind}
                    aria-hidden
                    className={cn(
                      "flex flex-col items-center text-small font-medium",
                      isFull ? "text-amber-ink" : "text-ink-2",
                    )}
                  >
                    <span className="tabular flex items-center gap-0.5">
                      <KindIcon kind={kind} />
                      {used}/{limit}
                    </span>
                    {isFull && t("agent.full")}
                  </span>
                ))}
                <span className="text-small text-ink-3">
                  <Elapsed
                    short
                    since={agent.since}
                    {...(agent.overAt === null ? {} : { lateAfter: agent.overAt - agent.since })}
                  />
                </span>
              </>
            )}
          </button>
        }
      />
      <Dialog open={day} onOpenChange={setDay} title={t("states.day.mine")} reading>
        {agent && <DayHistory userId={agent.userId} />}
      </Dialog>
    </>
  );
}

const icons = { call: Phone, chat: MessageCircle, mail: Mail } as const;

function KindIcon({ kind }: { readonly kind: WorkKind }) {
  const Icon = icons[kind];
  return <Icon size={11} aria-hidden />;
}
