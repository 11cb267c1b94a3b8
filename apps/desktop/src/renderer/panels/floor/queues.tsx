import { type Alertness, alertnessOf, type QueueDay, type QueueFloor } from "@tongdai/shared";
import { CalendarClock, SlidersHorizontal } from "lucide-react";
import { type CSSProperties, useMemo, useState } from "react";
import { useSelect } from "../../actions/react-client.ts";
import { type T, useT } from "../../i18n/index.ts";
import { can } from "../../state/selectors.ts";
import { cn } from "../../ui/cn.ts";
import { formatDateTime, formatNumber, formatPercent, formatTime } from "../../ui/format.ts";
import { IconButton } from "../../ui/icon-button.tsx";
import { useTicking } from "../../ui/ticker.ts";
import { Elapsed, lengthText } from "../../ui/time.tsx";
import { Marked } from "./marked.tsx";
import { ThresholdsDialog } from "./thresholds-dialog.tsx";

interface QueuesProps {
  readonly queues: readonly QueueFloor[];
  /** `null`: not reckoned yet. */
  readonly days: ReadonlyMap<string, QueueDay> | null;
  readonly isWall: boolean;
  readonly chosenId: string | null;
  readonly onChoose: (queueId: string) => void;
}

const columns = [
  "waiting",
  "longest",
  "expected",
  "inProgress",
  "free",
  "levelNow",
  "levelToday",
  "answered",
  "abandoned",
] as const;

export function Queues({ queues, days, isWall, chosenId, onChoose }: QueuesProps) {
  const t = useT();
  const names = useSelect((s) => s.people.queues);
  const maySet = useSelect((s) => can(s, "floor.act")) && !isWall;
  const [edited, setEdited] = useState<string | null>(null);
  const ordered = useMemo(
    () =>
      queues
        .map((figures) => ({ figures, name: names[figures.queueId]?.name ?? t("common.unknown") }))
        .sort((a, b) => a.name.localeCompare(b.name, "vi")),
    [queues, names, t],
  );
  const beingEdited = ordered.find((each) => each.figures.queueId === edited);
  return (
    <div
      className={cn("overflow-auto", isWall ? "min-h-0 flex-1 overflow-hidden" : "max-h-1/2 shrink-0")}
      tabIndex={-1}
    >
      <table
        className={cn("w-full text-left", isWall && "h-full table-fixed")}
        style={isWall ? wallSize(ordered.length) : undefined}
      >
        <caption className="sr-only">{t("floor.queues.title")}</caption>
        <thead
          className={cn(
            "sticky top-0 bg-surface text-ink-3 shadow-[inset_0_-1px_0_var(--line)]",
            isWall ? "text-[0.5em]" : "text-small",
          )}
        >
          <tr>
            <th scope="col" className={cn("px-4 py-1.5 font-medium", isWall && "w-[22%]")}>
              {t("floor.queues.queue")}
            </th>
            {columns.map((column) => (
              <th
                key={column}
                scope="col"
                title={t(`board.explain.${column}`)}
                className="px-2 py-1.5 text-right font-medium"
              >
                {t(`board.column.${column}`)}
              </th>
            ))}
            {maySet && (
              <th scope="col" className="w-10">
                <span className="sr-only">{t("board.thresholds.set")}</span>
              </th>
            )}
          </tr>
        </thead>
        <tbody className={isWall ? "leading-tight" : "text-body"}>
          {ordered.map(({ figures, name }) => (
            <QueueRow
              key={figures.queueId}
              figures={figures}
              day={days?.get(figures.queueId)}
              isReckoned={days !== null}
              name={name}
              isWall={isWall}
              isChosen={!isWall && figures.queueId === chosenId}
              onChoose={onChoose}
              {...(maySet ? { onEdit: setEdited } : {})}
            />
          ))}
        </tbody>
      </table>
      {beingEdited && (
        <ThresholdsDialog
          name={beingEdited.name}
          figures={beingEdited.figures}
          onClose={() => setEdited(null)}
        />
      )}
    </div>
  );
}

/** All rows fit the screen, as large as they can be. */
const wallSize = (rows: number): CSSProperties => ({
  fontSize: `clamp(0.9rem, calc((100vh - 10rem) / ${Math.max(1, rows) * 2.1}), 2.75rem)`,
});

interface QueueRowProps extends Pick<QueuesProps, "isWall" | "onChoose"> {
  readonly figures: QueueFloor;
  readonly day: QueueDay | undefined;
  readonly isReckoned: boolean;
  readonly name: string;
  readonly isChosen: boolean;
  readonly onEdit?: (queueId: string) => void;
}

function QueueRow({ figures, day, isReckoned, name, isWall, isChosen, onChoose, onEdit }: QueueRowProps) {
  const t = useT();
  const alert = useAlertness(figures, day);
  const { queueId, waiting, offered, longestSince, expectedWait, inProgress, available, free } = figures;
  const cell = cn("tabular px-2 text-right whitespace-nowrap", isWall ? "font-semibold" : "py-1.5");
  return (
    <tr className={cn("border-b border-line/60", isChosen ? "bg-selected" : "hover:bg-hover")}>
      <th scope="row" className={cn("max-w-0 px-4 font-medium", isWall ? "text-[0.8em]" : "w-1/4 py-1.5")}>
        <button
          type="button"
          aria-pressed={isChosen}
          onClick={() => onChoose(queueId)}
          title={name}
          className={cn(
            "w-full rounded-ui text-left text-ink",
            // Nobody points at a wall.
            isWall ? "line-clamp-2 leading-tight" : "truncate",
          )}
        >
          {name}
        </button>
        {/* Beside the number there is no room when the next one sounds an alarm. */}
        {isWall && (
          <div className="-ml-1.5 text-[0.7em] leading-tight">
            <Held figures={figures} />
          </div>
        )}
      </th>
      <td className={cell} title={offered > 0 ? t("floor.queues.offered", { count: offered }) : undefined}>
        <Marked level={alert.waiting}>{formatNumber(waiting)}</Marked>
        {!isWall && <Held figures={figures} />}
      </td>
      <td className={cell}>
        {longestSince === null ? (
          <None />
        ) : (
          <Marked level={alert.longest}>
            <Elapsed since={longestSince} />
          </Marked>
        )}
      </td>
      <td className={cell}>
        {expectedWait === null ? (
          <None />
        ) : expectedWait === 0 ? (
          t("board.atOnce")
        ) : (
          `~${lengthText(expectedWait, t)}`
        )}
      </td>
      <td className={cell}>{formatNumber(inProgress)}</td>
      <td className={cell}>
        <Marked level={alert.free}>{t("floor.queues.ofAvailable", { free, available })}</Marked>
      </td>
      <td className={cell} title={day && shareTitle(day.recentMet, day.recentOf, t)}>
        <Marked level={alert.level}>
          <Share met={day?.recentMet} of={day?.recentOf} />
        </Marked>
      </td>
      <td className={cell} title={day && shareTitle(day.levelMet, day.levelOf, t)}>
        <Share met={day?.levelMet} of={day?.levelOf} />
      </td>
      <td className={cell}>{isReckoned ? formatNumber(day?.answered ?? 0) : <None />}</td>
      <td className={cn(cell, !onEdit && "pr-4")}>
        {isReckoned ? formatNumber(day?.abandoned ?? 0) : <None />}
      </td>
      {onEdit && (
        <td className="px-1">
          <IconButton
            icon={SlidersHorizontal}
            label={t("board.thresholds.of", { queue: name })}
            onClick={() => onEdit(queueId)}
          />
        </td>
      )}
    </tr>
  );
}

/** Each figure's standing as words, so that a row is drawn again only when one of them changes. */
function useAlertness(figures: QueueFloor, day: QueueDay | undefined) {
  const words = useTicking((now) => Object.values(alertnessOf(figures, day, now)).join(" "));
  const [waiting, longest, level, free] = words.split(" ") as Alertness[];
  return { waiting, longest, level, free };
}

const None = () => <span className="text-ink-3">–</span>;

const Share = ({ met = 0, of = 0 }: { met?: number | undefined; of?: number | undefined }) =>
  of > 0 ? formatPercent(met / of) : <None />;

const shareTitle = (met: number, of: number, t: T) =>
  t("board.metOf", { met: formatNumber(met), of: formatNumber(of) });

/** What a closed queue holds, and when it opens. */
function Held({ figures: { held, opensAt } }: { readonly figures: QueueFloor }) {
  const t = useT();
  if (held === 0 || opensAt === null) return null;
  return (
    <span
      title={t("board.heldUntil", { count: held, time: formatDateTime(opensAt) })}
      className="ml-1.5 inline-flex items-center gap-0.5 text-[0.85em] font-normal text-ink-3"
    >
      <CalendarClock aria-hidden className="size-[1em]" />
      <span aria-hidden>{t("board.held", { count: held, time: formatTime(opensAt) })}</span>
      <span className="sr-only">{t("board.heldUntil", { count: held, time: formatDateTime(opensAt) })}</span>
    </span>
  );
}
