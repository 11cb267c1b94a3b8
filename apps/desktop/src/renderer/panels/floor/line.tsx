import type { JournalEvent, QueueFloor, WaitingWork } from "@tongdai/shared";
import { ArrowRightLeft, ArrowUpToLine, Hand, MessageSquareText, Undo2, UserCheck } from "lucide-react";
import { useCallback, useEffect, useState } from "react";
import type { Client } from "../../actions/client.ts";
import { openConversation } from "../../actions/open-conversation.ts";
import { useClient, useRun, useSelect } from "../../actions/react-client.ts";
import { listLine, prioritise, takeOver } from "../../actions/steer.ts";
import { useFetched } from "../../actions/use-fetched.ts";
import { type T, useT } from "../../i18n/index.ts";
import { ChannelIcon } from "../../ui/channel-icon.tsx";
import { cn } from "../../ui/cn.ts";
import { IconButton } from "../../ui/icon-button.tsx";
import { LoadState } from "../../ui/load-state.tsx";
import { ContextMenu, type MenuEntry } from "../../ui/menu.tsx";
import { shownName } from "../../ui/phone.ts";
import { Skeleton } from "../../ui/skeleton.tsx";
import { EmptyState } from "../../ui/states.tsx";
import { toast } from "../../ui/toast.tsx";
import { useShortcuts } from "../../ui/use-shortcuts.ts";
import { VirtualList } from "../../ui/virtual-list.tsx";
import { causeText } from "../words.ts";
import { AssignDialog } from "./assign-dialog.tsx";
import { Wait } from "./marked.tsx";

interface LineProps {
  readonly figures: QueueFloor | undefined;
}

export function Line({ figures }: LineProps) {
  const t = useT();
  if (!figures) return <EmptyState icon={UserCheck} title={t("floor.line.choose")} className="m-auto" />;
  return <Waiting key={figures.queueId} figures={figures} />;
}

const rowHeight = 44;
const keyOf = (work: WaitingWork) => work.interactionId;

function Waiting({ figures }: { readonly figures: QueueFloor }) {
  const t = useT();
  const { queueId } = figures;
  const queueName = useSelect((s) => s.people.queues[queueId]?.name ?? t("common.unknown"));
  const isOffline = useSelect((s) => s.connection.status === "offline");
  const fetch = useCallback((client: Client) => listLine(client, queueId), [queueId]);
  const { value, failure, reload } = useFetched(fetch);
  // The figures are new objects only when something in the queue is different: then so may be its line.
  // biome-ignore lint/correctness/useExhaustiveDependencies: new figures are the reason to fetch
  useEffect(reload, [figures, reload]);
  useReloadOn(value?.waiting, reload);
  const [chosen, setChosen] = useState<string | null>(null);
  const [assigning, setAssigning] = useState<WaitingWork | null>(null);
  const acts = useActs(reload, setAssigning);
  const waiting = value?.waiting ?? [];
  const work = waiting.find((w) => w.interactionId === chosen);
  useShortcuts(
    work
      ? {
          "floor.prioritise": () => acts.prioritise(work),
          "floor.assign": () => acts.assign(work),
          "floor.take": () => acts.take(work),
        }
      : {},
  );
  return (
    <section
      aria-label={t("floor.line.title", { queue: queueName })}
      className="flex min-h-0 flex-1 flex-col"
    >
      <header className="flex h-10 shrink-0 items-center gap-1 border-y border-line bg-canvas px-4">
        <h2 className="min-w-0 flex-1 truncate text-body font-medium text-ink">
          {t("floor.line.title", { queue: queueName })}
        </h2>
        <IconButton
          icon={work && work.boost > 0 ? Undo2 : ArrowUpToLine}
          label={t(work && work.boost > 0 ? "floor.line.putBack" : "floor.line.prioritise")}
          shortcut="floor.prioritise"
          disabled={!work}
          onClick={() => work && acts.prioritise(work)}
        />
        <IconButton
          icon={ArrowRightLeft}
          label={t("floor.line.assign")}
          shortcut="floor.assign"
          disabled={!work}
          onClick={() => work && acts.assign(work)}
        />
        <IconButton
          icon={Hand}
          label={t("floor.line.take")}
          shortcut="floor.take"
          disabled={!work}
          onClick={() => work && acts.take(work)}
        />
        <IconButton
          icon={MessageSquareText}
          label={t("floor.line.open")}
          disabled={!work}
          onClick={() => work && acts.open(work)}
        />
      </header>
      {value === null ? (
        <LoadState
          failure={failure}
          title={t("floor.line.failed")}
          reason={(cause) => causeText(cause, t)}
          onRetry={reload}
          offline={isOffline}
          skeleton={<Skeleton className="m-4 h-4 w-2/3" />}
        />
      ) : waiting.length === 0 ? (
        <EmptyState icon={UserCheck} title={t("floor.line.empty")} className="m-auto" />
      ) : (
        <VirtualList
          items={waiting}
          getKey={keyOf}
          rowHeight={rowHeight}
          label={t("floor.line.title", { queue: queueName })}
          selectedKey={chosen}
          onSelect={setChosen}
          onOpen={(id) => {
            const opened = waiting.find((w) => w.interactionId === id);
            if (opened) acts.open(opened);
          }}
          renderRow={(each, { selected }) => (
            <ContextMenu entries={menuOf(each, acts, t)}>
              <div className={cn("h-11", selected ? "bg-selected" : "hover:bg-hover")}>
                <WaitingRow work={each} longest={figures.thresholds.longest} />
              </div>
            </ContextMenu>
          )}
          className="min-h-0 flex-1"
        />
      )}
      {value?.more && (
        <p className="border-t border-line px-4 py-1 text-small text-ink-3">{t("floor.line.more")}</p>
      )}
      {assigning && (
        <AssignDialog
          work={waiting.find((w) => w.interactionId === assigning.interactionId) ?? assigning}
          queueId={queueId}
          onClose={() => setAssigning(null)}
          onDone={reload}
        />
      )}
    </section>
  );
}

/** What the figures do not tell: another name, another reason, another place in the line. */
function useReloadOn(waiting: readonly WaitingWork[] | undefined, reload: () => void): void {
  const client = useClient();
  useEffect(
    () =>
      client.onEvents(({ events }) => {
        const isOurs = ({ data }: JournalEvent) =>
          waiting?.some(
            (w) =>
              ("customer" in data && data.customer.id === w.customerId) ||
              ("reasons" in data && data.conversation.id === w.conversationId),
          );
        if (events.some(isOurs)) reload();
      }),
    [client, waiting, reload],
  );
}

interface Acts {
  readonly prioritise: (work: WaitingWork) => void;
  readonly assign: (work: WaitingWork) => void;
  readonly take: (work: WaitingWork) => void;
  readonly open: (work: WaitingWork) => void;
}

function useActs(reload: () => void, assign: (work: WaitingWork) => void): Acts {
  const t = useT();
  const client = useClient();
  const run = useRun();
  return {
    assign,
    prioritise: (work) => run((c) => prioritise(c, work).finally(reload)),
    take: (work) =>
      run(async (c) => {
        await takeOver(c, work).finally(reload);
        toast(t("floor.line.taken"), {
          tone: "success",
          action: { label: t("common.open"), onClick: () => openConversation(c, work.conversationId) },
        });
      }),
    open: (work) => openConversation(client, work.conversationId),
  };
}

const menuOf = (work: WaitingWork, acts: Acts, t: T): MenuEntry[] => [
  {
    id: "prioritise",
    label: t(work.boost > 0 ? "floor.line.putBack" : "floor.line.prioritise"),
    shortcut: "floor.prioritise",
    onSelect: () => acts.prioritise(work),
  },
  {
    id: "assign",
    label: t("floor.line.assign"),
    shortcut: "floor.assign",
    onSelect: () => acts.assign(work),
  },
  { id: "take", label: t("floor.line.take"), shortcut: "floor.take", onSelect: () => acts.take(work) },
  { kind: "line", id: "line" },
  { id: "open", label: t("floor.line.open"), onSelect: () => acts.open(work) },
];

interface WaitingRowProps {
  readonly work: WaitingWork;
  readonly longest: QueueFloor["thresholds"]["longest"];
}

function WaitingRow({ work, longest }: WaitingRowProps) {
  const t = useT();
  const users = useSelect((s) => s.people.users);
  const nameOf = (id: string) => users[id]?.name ?? t("common.unknown");
  return (
    <div className="flex h-full items-center gap-3 border-b border-line/60 px-4">
      <ChannelIcon channel={work.channel} />
      <span className="flex min-w-0 flex-1 flex-col">
        <span className="truncate text-body text-ink" title={shownName(work.customerName)}>
          {shownName(work.customerName) || t("customer.unnamed")}
        </span>
        <span className="truncate text-small text-ink-2" title={reasonOf(work, nameOf, t)}>
          {reasonOf(work, nameOf, t)}
        </span>
      </span>
      {work.boost > 0 && (
        <span className="inline-flex items-center gap-1 text-small font-medium text-accent-ink">
          <ArrowUpToLine size={14} aria-hidden />
          {t("floor.line.prioritised")}
        </span>
      )}
      <span className="w-20 text-right">
        <Wait since={work.waitingSince} limits={longest} />
      </span>
    </div>
  );
}

const codes = [
  "at_capacity",
  "not_available",
  "lacks_skill",
  "no_phone",
  "declined",
  "kept_for",
  "agents_pick",
  "not_in_queue",
  "queue_empty",
  "no_rule",
  "closed",
] as const;

/** Why nobody has it yet, in the router's own order of importance. */
function reasonOf(work: WaitingWork, nameOf: (id: string) => string, t: T): string {
  if (work.offeredTo) return t("floor.line.offeredTo", { name: nameOf(work.offeredTo) });
  if (work.transferredTo) return t("floor.line.keptFor", { name: nameOf(work.transferredTo) });
  if (work.waitReason === null) return t("floor.line.notLooked");
  return t(`floor.wait.${codes.find((code) => code === work.waitReason) ?? "other"}`);
}
