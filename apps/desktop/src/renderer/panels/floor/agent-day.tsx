import type { AgentDay } from "@tongdai/shared";
import { useT } from "../../i18n/index.ts";
import { cn } from "../../ui/cn.ts";
import { formatDuration, formatNumber, formatPercent } from "../../ui/format.ts";
import { useTicking } from "../../ui/ticker.ts";

const cell = "tabular shrink-0 text-right";
const widths = { handled: "w-10", aht: "w-14", missed: "w-10", occupancy: "w-12" } as const;
const figures = ["handled", "aht", "missed", "occupancy"] as const;

/** Over the list: what today's figures are. */
export function DayHead() {
  const t = useT();
  return figures.map((figure) => (
    <span key={figure} title={t(`board.day.${figure}Long`)} className={cn(cell, widths[figure])}>
      {t(`board.day.${figure}`)}
    </span>
  ));
}

interface DayFiguresProps {
  readonly day: AgentDay | undefined;
  /** False: nothing is known of today yet. */
  readonly isReckoned: boolean;
}

/** Today's figures of an agent, as reports count them; what runs now counts until now. */
export function DayFigures({ day, isReckoned }: DayFiguresProps) {
  const t = useT();
  const occupancy = useTicking((now) => occupancyOf(day, now));
  const texts = {
    handled: isReckoned ? formatNumber(day?.handled ?? 0) : "–",
    aht: day && day.handled > 0 ? formatDuration(day.handlingMs / day.handled) : "–",
    missed: isReckoned ? formatNumber(day?.missed ?? 0) : "–",
    occupancy: occupancy === null ? "–" : formatPercent(occupancy / 100),
  };
  return figures.map((figure) => (
    <span
      key={figure}
      title={t(`board.day.${figure}Long`)}
      className={cn(
        cell,
        widths[figure],
        figure === "missed" && (day?.missed ?? 0) > 0 ? "text-amber-ink" : "text-ink-2",
      )}
    >
      <span className="sr-only">{t(`board.day.${figure}Long`)}: </span>
      {texts[figure]}
    </span>
  ));
}

/** In whole percent. */
function occupancyOf(day: AgentDay | undefined, now: number): number | null {
  if (!day) return null;
  const ran = day.running ? Math.max(0, now - day.running.since) : 0;
  const busy = day.busyMs + (day.running?.what === "busy" ? ran : 0);
  const idle = day.idleMs + (day.running?.what === "idle" ? ran : 0);
  return busy + idle > 0 ? Math.round((100 * busy) / (busy + idle)) : null;
}
