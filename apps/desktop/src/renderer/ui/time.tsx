import { Hourglass } from "lucide-react";
import { type T, useT } from "../i18n/index.ts";
import { cn } from "./cn.ts";
import { formatDateTime, formatDuration } from "./format.ts";
import { useTicking } from "./ticker.ts";

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** "vừa xong", "5 phút trước", "2 giờ nữa"; the largest unit only. */
export function relativeText(at: number, now: number, t: T): string {
  const past = now - at;
  if (Math.abs(past) < 45_000) return t("common.time.now");
  const size = Math.abs(past);
  const [unit, count] =
    size < hour
      ? (["minute", Math.max(1, Math.round(size / minute))] as const)
      : size < day
        ? (["hour", Math.floor(size / hour)] as const)
        : (["day", Math.floor(size / day)] as const);
  if (unit === "minute") return t(past > 0 ? "common.time.minutesAgo" : "common.time.inMinutes", { count });
  if (unit === "hour") return t(past > 0 ? "common.time.hoursAgo" : "common.time.inHours", { count });
  return t(past > 0 ? "common.time.daysAgo" : "common.time.inDays", { count });
}

/** A length of time in words: "21 giờ", "1 giờ 35 phút", "45 phút", "30 giây". */
export function lengthText(ms: number, t: T): string {
  if (ms < minute) return t("common.time.s", { count: Math.max(0, Math.ceil(ms / 1000)) });
  if (ms < hour) return t("common.time.min", { count: Math.floor(ms / minute) });
  if (ms < 3 * hour) {
    const [h, m] = [Math.floor(ms / hour), Math.floor((ms % hour) / minute)];
    const hours = t("common.time.h", { count: h });
    return m === 0 ? hours : `${hours} ${t("common.time.min", { count: m })}`;
  }
  if (ms < 2 * day) return t("common.time.h", { count: Math.floor(ms / hour) });
  return t("common.time.d", { count: Math.floor(ms / day) });
}

interface TimeProps {
  readonly at: number;
  readonly className?: string;
}

export function RelativeTime({ at, className }: TimeProps) {
  const t = useT();
  const text = useTicking((now) => relativeText(at, now, t));
  return (
    <time
      dateTime={new Date(at).toISOString()}
      title={formatDateTime(at, { seconds: true })}
      className={className}
    >
      {text}
    </time>
  );
}

interface ElapsedProps {
  readonly since: number;
  /** From when on it is a warning, and when it is late, in milliseconds waited. */
  readonly warnAfter?: number;
  readonly lateAfter?: number;
  /** From ten hours on in words, by the largest unit: where there is no room for eight digits. */
  readonly short?: boolean;
  readonly className?: string;
}

/** How long something has run, to the second: a call, a wait. */
export function Elapsed({ since, warnAfter, lateAfter, short = false, className }: ElapsedProps) {
  const t = useT();
  const text = useTicking((now) =>
    short && now - since >= 10 * hour ? lengthText(now - since, t) : formatDuration(now - since),
  );
  const level = useTicking((now) =>
    lateAfter !== undefined && now - since >= lateAfter
      ? "late"
      : warnAfter !== undefined && now - since >= warnAfter
        ? "warn"
        : "calm",
  );
  return (
    <time
      title={formatDateTime(since, { seconds: true })}
      data-level={level}
      className={cn(
        "tabular",
        className,
        level === "warn" && "font-medium text-amber-ink",
        level === "late" && "font-semibold text-red-ink",
      )}
    >
      {text}
    </time>
  );
}

export type CountdownLevel = "calm" | "soon" | "last" | "over";

export function countdownLevel(left: number): CountdownLevel {
  if (left <= 0) return "over";
  if (left < 15 * minute) return "last";
  return left < 2 * hour ? "soon" : "calm";
}

/** The last quarter of an hour is counted in seconds, because then they matter. */
export function countdownText(left: number, t: T): string {
  const level = countdownLevel(left);
  if (level === "over") return t("common.time.over");
  const time = level === "last" ? formatDuration(left) : lengthText(left, t);
  const words = t("common.time.left", { time });
  return level === "last" ? `${t("common.time.soon")}, ${words}` : words;
}

interface CountdownProps {
  /** When the window closes. */
  readonly until: number;
  readonly className?: string;
}

/** What is left of a reply window. It says "sắp hết" as well as turning red. */
export function Countdown({ until, className }: CountdownProps) {
  const t = useT();
  const text = useTicking((now) => countdownText(until - now, t));
  const level = useTicking((now) => countdownLevel(until - now));
  return (
    <time
      dateTime={new Date(until).toISOString()}
      title={formatDateTime(until, { seconds: true })}
      data-level={level}
      className={cn(
        "tabular inline-flex items-center gap-1 whitespace-nowrap text-ink-3",
        className,
        level === "soon" && "text-amber-ink",
        (level === "last" || level === "over") && "font-medium text-red-ink",
      )}
    >
      {level !== "calm" && <Hourglass size={12} aria-hidden className="shrink-0" />}
      {text}
    </time>
  );
}

interface RingProps {
  readonly startsAt: number;
  readonly endsAt: number;
  readonly size?: number;
}

/** The time left for an answer: a ring that empties around the seconds. */
export function Ring({ startsAt, endsAt, size = 40 }: RingProps) {
  const t = useT();
  // Two clocks never quite agree: no more is left than there ever was.
  const whole = Math.ceil((endsAt - startsAt) / 1000);
  const seconds = useTicking((now) => Math.min(whole, Math.max(0, Math.ceil((endsAt - now) / 1000))));
  const share = Math.min(1, (seconds * 1000) / Math.max(1000, endsAt - startsAt));
  const radius = size / 2 - 2;
  const round = 2 * Math.PI * radius;
  const urgent = seconds <= 5;
  return (
    <span
      role="timer"
      aria-label={t("common.secondsLeft", { count: seconds })}
      className="relative inline-flex shrink-0 items-center justify-center"
      style={{ width: size, height: size }}
    >
      <svg aria-hidden width={size} height={size} className="absolute inset-0 -rotate-90">
        <circle cx={size / 2} cy={size / 2} r={radius} fill="none" strokeWidth="3" className="stroke-line" />
        <circle
          cx={size / 2}
          cy={size / 2}
          r={radius}
          fill="none"
          strokeWidth="3"
          strokeDasharray={round}
          strokeDashoffset={round * (1 - share)}
          className={urgent ? "stroke-red" : "stroke-accent"}
        />
      </svg>
      <span
        aria-hidden
        className={cn("tabular text-small font-semibold", urgent ? "text-red-ink" : "text-ink")}
      >
        {seconds}
      </span>
    </span>
  );
}
