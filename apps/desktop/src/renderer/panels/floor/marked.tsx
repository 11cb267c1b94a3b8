import type { Alertness, QueueThresholds } from "@tongdai/shared";
import { BellRing, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { useT } from "../../i18n/index.ts";
import { cn } from "../../ui/cn.ts";
import { useTicking } from "../../ui/ticker.ts";
import { Elapsed } from "../../ui/time.tsx";

/** A figure beyond its threshold says so by a sign and a word as well as by colour. */
export function Marked({
  level,
  children,
}: {
  readonly level: Alertness | undefined;
  readonly children: ReactNode;
}) {
  const t = useT();
  if (level === undefined || level === "calm") return children;
  const Sign = level === "alarm" ? BellRing : TriangleAlert;
  return (
    <span
      data-level={level}
      className={cn(
        "inline-flex items-center justify-end gap-1 rounded-ui px-1.5 font-semibold",
        level === "alarm" ? "bg-red-soft text-red-ink" : "bg-amber-soft text-amber-ink",
      )}
    >
      <Sign role="img" aria-label={t(`board.level.${level}`)} className="size-[0.85em] shrink-0" />
      {children}
    </span>
  );
}

interface WaitProps {
  readonly since: number;
  /** In seconds. */
  readonly limits: QueueThresholds["longest"];
}

/** One wait, marked as its queue's longest would be. */
export function Wait({ since, limits }: WaitProps) {
  const level = useTicking((now): Alertness => {
    const isOver = (seconds: number | null) => seconds !== null && now - since >= seconds * 1_000;
    return isOver(limits.alarm) ? "alarm" : isOver(limits.warn) ? "warn" : "calm";
  });
  return (
    <Marked level={level}>
      <Elapsed since={since} />
    </Marked>
  );
}
