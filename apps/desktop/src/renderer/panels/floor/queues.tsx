import type { QueueFloor } from "@tongdai/shared";
import { TriangleAlert } from "lucide-react";
import { useMemo } from "react";
import { useSelect } from "../../actions/react-client.ts";
import { useT } from "../../i18n/index.ts";
import { cn } from "../../ui/cn.ts";
import { useTicking } from "../../ui/ticker.ts";
import { Elapsed } from "../../ui/time.tsx";

interface QueuesProps {
  readonly queues: readonly QueueFloor[];
  readonly alarmMs: number;
  readonly isWall: boolean;
  readonly chosenId: string | null;
  readonly onChoose: (queueId: string) => void;
}

export function Queues({ queues, alarmMs, isWall, chosenId, onChoose }: QueuesProps) {
  const t = useT();
  const names = useSelect((s) => s.people.queues);
  const ordered = useMemo(
    () =>
      queues
        .map((figures) => ({ figures, name: names[figures.queueId]?.name ?? t("common.unknown") }))
        .sort((a, b) => a.name.localeCompare(b.name, "vi")),
    [queues, names, t],
  );
  const head = "px-3 py-1.5 font-medium whitespace-nowrap";
  return (
    <div className={cn("overflow-auto", isWall ? "min-h-0 flex-1" : "max-h-1/2 shrink-0")} tabIndex={-1}>
      <table className="w-full text-left">
        <caption className="sr-only">{t("floor.queues.title")}</caption>
        <thead className="sticky top-0 bg-surface text-small text-ink-3 shadow-[inset_0_-1px_0_var(--line)]">
          <tr>
            <th scope="col" className={cn(head, "pl-4")}>
              {t("floor.queues.queue")}
            </th>
            <th scope="col" className={cn(head, "text-right")}>
              {t("floor.queues.waiting")}
            </th>
            <th scope="col" className={cn(head, "text-right")}>
              {t("floor.queues.longest")}
            </th>
            <th scope="col" className={cn(head, "text-right")}>
              {t("floor.queues.inProgress")}
            </th>
            <th scope="col" className={cn(head, "pr-4 text-right")}>
              {t("floor.queues.free")}
            </th>
          </tr>
        </thead>
        <tbody className={isWall ? "text-[2.5rem] leading-tight" : "text-body"}>
          {ordered.map(({ figures, name }) => (
            <QueueRow
              key={figures.queueId}
              figures={figures}
              name={name}
              alarmMs={alarmMs}
              isWall={isWall}
              isChosen={figures.queueId === chosenId}
              onChoose={onChoose}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface QueueRowProps extends Pick<QueuesProps, "alarmMs" | "isWall" | "onChoose"> {
  readonly figures: QueueFloor;
  readonly name: string;
  readonly isChosen: boolean;
}

function QueueRow({ figures, name, alarmMs, isWall, isChosen, onChoose }: QueueRowProps) {
  const t = useT();
  const { queueId, waiting, offered, longestSince, inProgress, available, free } = figures;
  const cell = cn("tabular px-3 text-right", isWall ? "py-3 font-semibold" : "py-1.5");
  return (
    <tr className={cn("border-b border-line/60", isChosen ? "bg-selected" : "hover:bg-hover")}>
      <th scope="row" className={cn("px-4 font-medium", isWall ? "py-3 text-[1.75rem]" : "py-1.5")}>
        <button
          type="button"
          aria-pressed={isChosen}
          onClick={() => onChoose(queueId)}
          className="w-full truncate rounded-ui text-left text-ink"
        >
          {name}
        </button>
      </th>
      <td className={cell} title={offered > 0 ? t("floor.queues.offered", { count: offered }) : undefined}>
        {waiting}
      </td>
      <td className={cell}>
        {longestSince === null ? (
          <span className="text-ink-3">–</span>
        ) : (
          <Wait since={longestSince} alarmMs={alarmMs} />
        )}
      </td>
      <td className={cell}>{inProgress}</td>
      <td className={cn(cell, "pr-4", waiting > 0 && free === 0 && "text-red-ink")}>
        {t("floor.queues.ofAvailable", { free, available })}
      </td>
    </tr>
  );
}

interface WaitProps {
  readonly since: number;
  readonly alarmMs: number;
}

/** A wait; over the limit it says so by a sign and a word as well as by colour. */
export function Wait({ since, alarmMs }: WaitProps) {
  const t = useT();
  const isLate = useTicking((now) => now - since >= alarmMs);
  return (
    <span className="inline-flex items-center justify-end gap-1">
      {isLate && (
        <TriangleAlert
          role="img"
          aria-label={t("floor.tooLong")}
          className="size-[0.9em] shrink-0 text-red-ink"
        />
      )}
      <Elapsed since={since} warnAfter={alarmMs / 2} lateAfter={alarmMs} />
    </span>
  );
}
