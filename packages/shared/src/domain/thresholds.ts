import type { QueueDay, QueueFloor } from "../contract/floor.ts";
import { type QueueThresholds, ThresholdMeasure } from "../contract/thresholds.ts";

export type Alertness = "calm" | "warn" | "alarm";

/** How each of a queue's figures stands to its thresholds. @param now epoch milliseconds */
export function alertnessOf(
  queue: QueueFloor,
  day: Pick<QueueDay, "recentMet" | "recentOf"> | undefined,
  now: number,
): Record<ThresholdMeasure, Alertness> {
  const { thresholds } = queue;
  const level = day && day.recentOf > 0 ? (100 * day.recentMet) / day.recentOf : null;
  const waited = queue.longestSince === null ? null : (now - queue.longestSince) / 1_000;
  return {
    waiting: from(thresholds.waiting, queue.waiting, (is, limit) => is >= limit),
    longest: from(thresholds.longest, waited, (is, limit) => is >= limit),
    level: from(thresholds.level, level, (is, limit) => is < limit),
    free: from(thresholds.free, queue.free, (is, limit) => is <= limit),
  };
}

function from(
  { warn, alarm }: QueueThresholds[ThresholdMeasure],
  value: number | null,
  isOver: (is: number, limit: number) => boolean,
): Alertness {
  if (value === null) return "calm";
  if (alarm !== null && isOver(value, alarm)) return "alarm";
  return warn !== null && isOver(value, warn) ? "warn" : "calm";
}

/** The measures of a queue that alarm. */
export const alarming = (of: Record<ThresholdMeasure, Alertness>): ThresholdMeasure[] =>
  ThresholdMeasure.options.filter((measure) => of[measure] === "alarm");
