import { z } from "zod";

const limits = (most: number) => {
  const at = z.number().int().min(0).max(most).nullable();
  return z.strictObject({ warn: at, alarm: at });
};

/** From where on a queue's figures are a warning, and an alarm; `null`: never. */
export const QueueThresholds = z.strictObject({
  /** So many wait, or more. */
  waiting: limits(100_000),
  /** Somebody has waited so many seconds, or more. */
  longest: limits(86_400),
  /** The service level of the last half hour is below so many percent. */
  level: limits(100),
  /** So few are free, or fewer. */
  free: limits(10_000),
});
export type QueueThresholds = z.infer<typeof QueueThresholds>;

export const ThresholdMeasure = z.enum(["waiting", "longest", "level", "free"]);
export type ThresholdMeasure = z.infer<typeof ThresholdMeasure>;

/** What a queue has until somebody sets it. */
export const defaultThresholds: QueueThresholds = {
  waiting: { warn: null, alarm: null },
  longest: { warn: 60, alarm: 120 },
  level: { warn: null, alarm: null },
  free: { warn: null, alarm: null },
};
