import type { TimelineEntry } from "@tongdai/shared";
import { History } from "lucide-react";
import { type RefObject, useMemo } from "react";
import { loadMoreTimeline, loadTimeline } from "../../actions/load-timeline.ts";
import { useClient, useSelect } from "../../actions/react-client.ts";
import { useLoaded } from "../../actions/use-loaded.ts";
import { useT } from "../../i18n/index.ts";
import { cn } from "../../ui/cn.ts";
import { formatDate } from "../../ui/format.ts";
import { LoadState } from "../../ui/load-state.tsx";
import { SkeletonLines } from "../../ui/skeleton.tsx";
import { EmptyState } from "../../ui/states.tsx";
import { useTicking } from "../../ui/ticker.ts";
import { causeText } from "../words.ts";
import { Older, useOlder } from "./older.tsx";
import { TimelineRow } from "./timeline-row.tsx";

interface TimelineProps {
  readonly customerId: string;
  /** What scrolls: the timeline shares it with what stands above. */
  readonly scroller: RefObject<HTMLElement | null>;
  readonly isWide?: boolean;
}

const nothing: readonly TimelineEntry[] = [];

/** Every channel in one list, newest first. */
export function Timeline({ customerId, scroller, isWide = false }: TimelineProps) {
  const t = useT();
  const client = useClient();
  const timeline = useSelect((s) => s.customers.timelines[customerId]);
  const isOffline = useSelect((s) => s.connection.status === "offline");
  const { failure, retry } = useLoaded(customerId, loadTimeline, true);
  const entries = timeline?.entries ?? nothing;
  const more = useOlder({
    scroller,
    count: entries.length,
    hasMore: timeline?.next != null && timeline.status === "ready",
    load: () => loadMoreTimeline(client, customerId),
  });
  const days = useMemo(() => byDay(entries), [entries]);
  return (
    <section
      aria-label={t("customer.timeline.title")}
      className={cn("border-t border-line pb-4", isWide && "max-w-220 border-t-0")}
    >
      <h3
        className={cn(
          "sticky top-0 z-10 bg-surface px-4 pt-3 pb-1 text-small font-medium text-ink-3",
          isWide && "pt-4 text-body text-ink",
        )}
      >
        {t("customer.timeline.title")}
      </h3>
      {entries.length > 0 ? (
        <div data-roving-list>
          {days.map((day, index) => (
            <Day key={day.date} day={day} isFirst={index === 0} isWide={isWide} />
          ))}
          <Older state={more} />
        </div>
      ) : failure === null && timeline?.status === "ready" ? (
        <EmptyState icon={History} title={t("customer.timeline.empty")} className="py-6" />
      ) : (
        <LoadState
          failure={failure}
          title={t("record.timelineFailed")}
          reason={(cause) => causeText(cause, t)}
          onRetry={retry}
          offline={isOffline}
          className="py-6"
          skeleton={
            <div className="flex flex-col gap-4 px-4 py-2">
              <SkeletonLines widths={["w-4/5", "w-3/5", "w-2/3", "w-1/2"]} />
            </div>
          }
        />
      )}
    </section>
  );
}

interface DayOf {
  readonly date: string;
  readonly entries: readonly TimelineEntry[];
}

interface DayProps {
  readonly day: DayOf;
  readonly isFirst: boolean;
  readonly isWide: boolean;
}

function Day({ day, isFirst, isWide }: DayProps) {
  return (
    <section aria-label={day.date} className="[contain-intrinsic-size:auto_200px] [content-visibility:auto]">
      <DayName date={day.date} />
      <ol>
        {day.entries.map((entry, index) => (
          <TimelineRow key={entry.seq} entry={entry} isFirst={isFirst && index === 0} isWide={isWide} />
        ))}
      </ol>
    </section>
  );
}

const oneDay = 24 * 60 * 60_000;

function DayName({ date }: { readonly date: string }) {
  const t = useT();
  const text = useTicking((now) => {
    if (date === formatDate(now)) return t("common.today");
    return date === formatDate(now - oneDay) ? t("common.yesterday") : date;
  });
  return <h4 className="tabular px-4 pt-2 pb-0.5 text-small text-ink-3">{text}</h4>;
}

/** Days of the person's own time zone; entries come newest first. */
function byDay(entries: readonly TimelineEntry[]): DayOf[] {
  return [...Map.groupBy(entries, (entry) => formatDate(entry.at))].map(([date, ofDay]) => ({
    date,
    entries: ofDay,
  }));
}
