import { type ReplayRow, ratesOf } from "@tongdai/shared";
import type { T } from "../../i18n/index.ts";
import { formatDuration, formatNumber } from "../../ui/format.ts";

export const figureIds = [
  "level",
  "asa",
  "p90",
  "longest",
  "abandoned",
  "occupancy",
  "answered",
  "offered",
  "aht",
] as const;
export type FigureId = (typeof figureIds)[number];

export interface Figure {
  readonly of: (row: ReplayRow) => number | null;
  readonly text: (value: number) => string;
  /** What is better; `null`: neither. */
  readonly better: "more" | "less" | null;
  /** Smaller differences are none. */
  readonly least: number;
}

const percent = (value: number): string => `${formatNumber(value * 100, { digits: 1 })}%`;
const time = formatDuration;
const count = (value: number): string => formatNumber(value);

export const figures: Record<FigureId, Figure> = {
  level: { of: (r) => ratesOf(r.sums).serviceLevel, text: percent, better: "more", least: 0.0005 },
  asa: { of: (r) => ratesOf(r.sums).asaMs, text: time, better: "less", least: 500 },
  p90: { of: (r) => r.p90WaitMs, text: time, better: "less", least: 500 },
  longest: { of: (r) => r.longestWaitMs, text: time, better: "less", least: 500 },
  abandoned: { of: (r) => r.sums.abandoned, text: count, better: "less", least: 0.5 },
  occupancy: { of: (r) => ratesOf(r.sums).occupancy, text: percent, better: null, least: 0.0005 },
  answered: { of: (r) => r.sums.answered, text: count, better: "more", least: 0.5 },
  offered: { of: (r) => r.sums.offered, text: count, better: null, least: 0.5 },
  aht: { of: (r) => ratesOf(r.sums).ahtMs, text: time, better: null, least: 500 },
};

export const textOf = (figure: Figure, value: number | null): string =>
  value === null ? "–" : figure.text(value);

export interface Difference {
  /** With its sign. */
  readonly text: string;
  readonly word: string;
  readonly tone: "green" | "red" | "neutral";
}

/** From the day as it was to the day with changes, in a number and a word; `null`: one of them has none. */
export function differenceOf(
  figure: Figure,
  { was, is }: { was: number | null; is: number | null },
  t: T,
): Difference | null {
  if (was === null || is === null) return null;
  const by = is - was;
  if (Math.abs(by) < figure.least) return { text: "=", word: t("replay.same"), tone: "neutral" };
  const text = `${by > 0 ? "+" : "−"}${figure.text(Math.abs(by))}`;
  if (figure.better === null)
    return { text, word: t(by > 0 ? "replay.more" : "replay.less"), tone: "neutral" };
  const isBetter = by > 0 === (figure.better === "more");
  return { text, word: t(isBetter ? "replay.better" : "replay.worse"), tone: isBetter ? "green" : "red" };
}
