import type { AgentDay, AgentFloor, AwayReason } from "@tongdai/shared";
import { Hand, History, LogOut, UserCog, Users, WifiOff } from "lucide-react";
import { useMemo, useRef, useState } from "react";
import { useSelect } from "../../actions/react-client.ts";
import { type T, useT } from "../../i18n/index.ts";
import { selectAwayReasons } from "../../state/selectors.ts";
import { cn } from "../../ui/cn.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { formatTime } from "../../ui/format.ts";
import { IconButton } from "../../ui/icon-button.tsx";
import { DropdownMenu, type MenuEntry } from "../../ui/menu.tsx";
import { EmptyState } from "../../ui/states.tsx";
import { StatusDot } from "../../ui/status-dot.tsx";
import { Elapsed } from "../../ui/time.tsx";
import { Checkbox } from "../../ui/toggles.tsx";
import { useShortcuts } from "../../ui/use-shortcuts.ts";
import { VirtualList, type VirtualListHandle } from "../../ui/virtual-list.tsx";
import { DayHistory } from "../day-history.tsx";
import { useLoadText } from "../load-text.ts";
import { Overdue } from "../overdue.tsx";
import { reasonName, useStateWord } from "../state-words.ts";
import { TeamFilter, useTeamPeople } from "../team-filter.tsx";
import { DayFigures, DayHead } from "./agent-day.tsx";
import { type Act, ReasonDialog } from "./reason-dialog.tsx";

interface AgentsProps {
  readonly agents: ReadonlyMap<string, AgentFloor>;
  /** `null`: not reckoned yet. */
  readonly days: ReadonlyMap<string, AgentDay> | null;
}

const order = ["available", "busy", "wrap_up", "away", "offline"] as const;
const keyOf = (agent: AgentFloor) => agent.userId;

export function Agents({ agents, days }: AgentsProps) {
  const t = useT();
  const users = useSelect((s) => s.people.users);
  const mayAct = useSelect((s) => s.session.permissions.includes("floor.act"));
  const [all, setAll] = useState(false);
  const [teamId, setTeamId] = useState<string | null>(null);
  const ofTeam = useTeamPeople(teamId);
  const [chosen, setChosen] = useState<string | null>(null);
  const [act, setAct] = useState<Act | null>(null);
  const [history, setHistory] = useState<string | null>(null);
  const list = useRef<VirtualListHandle>(null);
  useShortcuts({ "list.open": () => list.current?.open() }, chosen !== null);
  const shown = useMemo(
    () =>
      [...agents.values()]
        .filter((a) => users[a.userId]?.disabled === false)
        .filter((a) => ofTeam === null || ofTeam.has(a.userId))
        .filter((a) => all || a.state !== "offline" || a.inHand.length > 0)
        .sort(
          (a, b) =>
            order.indexOf(a.state) - order.indexOf(b.state) ||
            (users[a.userId]?.name ?? "").localeCompare(users[b.userId]?.name ?? "", "vi"),
        ),
    [agents, users, all, ofTeam],
  );
  const agent = shown.find((each) => each.userId === chosen);
  // Nothing is done to somebody who cannot be seen.
  if (chosen !== null && !agent) setChosen(null);
  const name = users[chosen ?? ""]?.name ?? t("common.unknown");
  return (
    <section aria-label={t("floor.agents.title")} className="flex min-h-0 flex-col">
      <header className="flex h-10 shrink-0 items-center gap-1 border-b border-line bg-canvas px-4">
        <h2 className="min-w-0 flex-1 truncate text-body font-medium text-ink">{t("floor.agents.title")}</h2>
        <TeamFilter value={teamId} onChange={setTeamId} />
        <Checkbox checked={all} onChange={setAll} label={t("floor.agents.all")} />
        {mayAct && <AgentTools agent={agent} name={name} onAct={setAct} onHistory={setHistory} />}
      </header>
      <p className="flex shrink-0 items-center justify-end gap-3 border-b border-line/60 px-4 py-1 text-small text-ink-3">
        <DayHead />
      </p>
      {shown.length === 0 ? (
        <EmptyState icon={Users} title={t("floor.agents.empty")} className="m-auto" />
      ) : (
        <VirtualList
          items={shown}
          getKey={keyOf}
          rowHeight={36}
          label={t("floor.agents.list")}
          selectedKey={chosen}
          onSelect={setChosen}
          onOpen={setHistory}
          ref={list}
          renderRow={(each, { selected }) => (
            <AgentRow
              agent={each}
              day={days?.get(each.userId)}
              isReckoned={days !== null}
              isChosen={selected}
              name={users[each.userId]?.name ?? ""}
            />
          )}
          className="min-h-0 flex-1"
        />
      )}
      <Dialog
        open={history !== null}
        onOpenChange={(open) => !open && setHistory(null)}
        title={t("states.day.title", { name: users[history ?? ""]?.name ?? t("common.unknown") })}
        reading
      >
        {history !== null && <DayHistory userId={history} />}
      </Dialog>
      {act && <ReasonDialog act={asItIs(act, agents)} onClose={() => setAct(null)} />}
    </section>
  );
}

/** The work as the floor tells it now: its version goes on while the reason is typed. */
function asItIs(act: Act, agents: AgentsProps["agents"]): Act {
  if (act.kind !== "take") return act;
  const held = [...agents.values()].flatMap((agent) => agent.inHand);
  return { ...act, work: held.find((w) => w.interactionId === act.work.interactionId) ?? act.work };
}

interface AgentToolsProps {
  readonly agent: AgentFloor | undefined;
  readonly name: string;
  readonly onAct: (act: Act) => void;
  readonly onHistory: (userId: string) => void;
}

function AgentTools({ agent, name, onAct, onHistory }: AgentToolsProps) {
  const t = useT();
  const queues = useSelect((s) => s.people.queues);
  const reasons = useSelect(selectAwayReasons);
  // Never `disabled`: whoever just acted by key on somebody who is gone by that would lose the focus.
  const off = agent ? {} : { "aria-disabled": true, className: "opacity-50" };
  const nobody: MenuEntry[] = [{ kind: "title", id: "nobody", label: t("floor.agents.choose") }];
  const talks = agent?.inHand.filter((held) => held.state === "active") ?? [];
  return (
    <>
      <IconButton
        icon={History}
        label={t("states.day.open")}
        {...off}
        onClick={() => agent && onHistory(agent.userId)}
      />
      <DropdownMenu
        align="end"
        trigger={<IconButton icon={UserCog} label={t("floor.agents.setState")} {...off} />}
        entries={agent ? stateEntries({ agent, name, onAct, reasons }, t) : nobody}
      />
      <DropdownMenu
        align="end"
        trigger={<IconButton icon={Hand} label={t("floor.agents.takeFrom")} disabled={talks.length === 0} />}
        entries={talks.map((work) => ({
          id: work.interactionId,
          label: t("floor.agents.held", {
            channel: t(`common.channel.${work.channel}`),
            queue: queues[work.queueId]?.name ?? "",
            time: formatTime(work.since),
          }),
          onSelect: () => onAct({ kind: "take", name, work }),
        }))}
      />
      <IconButton
        icon={LogOut}
        label={t("floor.agents.signOut")}
        {...off}
        onClick={() => agent && onAct({ kind: "sign_out", name, userId: agent.userId })}
      />
    </>
  );
}

function stateEntries(
  {
    agent,
    name,
    onAct,
    reasons,
  }: { agent: AgentFloor; name: string; onAct: (act: Act) => void; reasons: readonly AwayReason[] },
  t: T,
): MenuEntry[] {
  const { userId } = agent;
  const force = (state: "available" | "busy" | "offline"): MenuEntry => ({
    id: state,
    label: t(`agent.state.${state}`),
    icon: <StatusDot state={state} decorative />,
    checked: agent.state === state,
    onSelect: () => onAct({ kind: "force", name, userId, state }),
  });
  return [
    force("available"),
    force("busy"),
    {
      kind: "menu",
      id: "away",
      label: t("agent.state.away"),
      icon: <StatusDot state="away" decorative />,
      entries: reasons.map((reason) => ({
        id: reason.id,
        label: reasonName(reason),
        onSelect: () => onAct({ kind: "force", name, userId, state: "away", reason: reason.id }),
      })),
    },
    force("offline"),
  ];
}

interface AgentRowProps {
  readonly agent: AgentFloor;
  readonly name: string;
  readonly day: AgentDay | undefined;
  readonly isReckoned: boolean;
  readonly isChosen: boolean;
}

function AgentRow({ agent, day, isReckoned, name, isChosen }: AgentRowProps) {
  const t = useT();
  const stateWord = useStateWord();
  const { carries, state } = agent;
  const isLost = agent.lost && state !== "offline";
  const word = isLost ? t("floor.agents.lost") : stateWord(agent);
  const loadText = useLoadText();
  const isFree = carries.call + carries.chat + carries.mail === 0;
  return (
    <div
      className={cn(
        "flex h-full items-center gap-3 border-b border-line/60 px-4",
        "text-body",
        isChosen ? "bg-selected" : "hover:bg-hover",
      )}
    >
      <StatusDot state={state} decorative size={12} />
      <span title={name} className="min-w-0 flex-1 basis-0 truncate text-ink">
        {name}
      </span>
      <span className="flex min-w-0 flex-1 basis-0 items-center gap-1 text-ink-2">
        {isLost && <WifiOff size={14} aria-hidden className="shrink-0 text-red-ink" />}
        <span title={word} className="truncate">
          {word}
        </span>
      </span>
      <Overdue agent={agent} />
      <Elapsed since={agent.since} className="w-16 text-right text-ink-2" />
      <span className={cn("tabular min-w-20 text-right", isFree ? "text-ink-3" : "text-ink")}>
        {loadText(agent)}
      </span>
      <DayFigures day={day} isReckoned={isReckoned} />
    </div>
  );
}
