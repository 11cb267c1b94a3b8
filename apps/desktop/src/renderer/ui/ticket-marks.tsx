import { AlarmClock, ArrowDown, ArrowUp, ChevronsUp, Equal, type LucideIcon } from "lucide-react";
import { useT } from "../i18n/index.ts";
import { Badge, type Tone } from "./badge.tsx";
import { cn } from "./cn.ts";
import { formatDateTime, formatShort, formatTime } from "./format.ts";
import { useTicking } from "./ticker.ts";
import { lengthText } from "./time.tsx";

export type TicketStatusKind = "new" | "open" | "pending" | "on_hold" | "solved" | "closed";
export type TicketPriorityKind = "low" | "normal" | "high" | "urgent";

const tones: Record<TicketStatusKind, Tone> = {
  new: "blue",
  open: "accent",
  pending: "amber",
  on_hold: "neutral",
  solved: "green",
  closed: "neutral",
};

export function TicketStatusBadge({ status }: { readonly status: TicketStatusKind }) {
  const t = useT();
  return <Badge tone={tones[status]}>{t(`ticket.status.${status}`)}</Badge>;
}

const arrows: Record<TicketPriorityKind, { readonly icon: LucideIcon; readonly look: string }> = {
  low: { icon: ArrowDown, look: "text-ink-3" },
  normal: { icon: Equal, look: "text-ink-3" },
  high: { icon: ArrowUp, look: "text-amber-ink" },
  urgent: { icon: ChevronsUp, look: "font-medium text-red-ink" },
};

export function TicketPriorityMark({ priority }: { readonly priority: TicketPriorityKind }) {
  const t = useT();
  const { icon: Icon, look } = arrows[priority];
  return (
    <span className={cn("inline-flex min-w-0 items-center gap-1 whitespace-nowrap", look)}>
      <Icon size={14} aria-hidden className="shrink-0" />
      <span className="truncate">{t(`ticket.priority.${priority}`)}</span>
    </span>
  );
}

const soonMs = 24 * 60 * 60_000;
type DueLevel = "late" | "soon" | "calm";

export function dueLevel(dueAt: number, now: number): DueLevel {
  if (dueAt < now) return "late";
  return dueAt - now < soonMs ? "soon" : "calm";
}

interface DueTextProps {
  readonly dueAt: number | null;
  /** Nobody works on it any more: it cannot be late. */
  readonly done: boolean;
  /** Where there is room: the whole date instead of the shortest. */
  readonly long?: boolean;
  readonly className?: string;
}

/** When it was promised. Late says so in words as well as in red. */
export function DueText({ dueAt, done, long = false, className }: DueTextProps) {
  const t = useT();
  const level = useTicking((now) => (dueAt === null || done ? "calm" : dueLevel(dueAt, now)));
  const text = useTicking((now) => {
    if (dueAt === null) return "–";
    if (!done && dueAt < now) return t("ticket.overdue", { time: lengthText(now - dueAt, t) });
    if (long) return formatDateTime(dueAt);
    const day = formatShort(dueAt, now);
    // Today it is the hour already; on another day near by both matter.
    return dueAt - now < soonMs && dueAt > now && day !== formatTime(dueAt)
      ? `${day} ${formatTime(dueAt)}`
      : day;
  });
  return (
    <span
      title={dueAt === null ? t("ticket.noDue") : formatDateTime(dueAt)}
      data-level={level}
      className={cn(
        "inline-flex min-w-0 items-center gap-1 whitespace-nowrap text-ink-2",
        className,
        level !== "late" && "tabular",
        level === "soon" && "text-amber-ink",
        level === "late" && "font-medium text-red-ink",
      )}
    >
      {level !== "calm" && <AlarmClock size={12} aria-hidden className="shrink-0" />}
      <span className="truncate">{text}</span>
    </span>
  );
}
