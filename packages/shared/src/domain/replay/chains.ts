import type { ReplayChanges } from "../../contract/replay.ts";
import type { ReportSegment } from "../../contract/reports.ts";
import { chance } from "./chance.ts";
import type { RecordedDay } from "./recorded-day.ts";

/** The stays of one interaction, one after the other, as they were. */
export interface Chain {
  /** Sorts by arrival. */
  readonly key: string;
  readonly parts: readonly ReportSegment[];
  /** Milliseconds that this one comes later than the one it is made from; 0: it is the recorded one. */
  readonly laterMs: number;
  readonly isCopy: boolean;
}

/** More work comes within so long of the work it is made from, so that an hour keeps its shape. */
const SPREAD_MS = 900_000;

/** The day's interactions, with more of them or fewer. What customers did not begin, or an earlier day, stays as it is. */
export function chainsOf(
  day: RecordedDay,
  { arrivalsPercent }: Pick<ReplayChanges, "arrivalsPercent">,
  seed: number,
): Chain[] {
  const byInteraction = Map.groupBy(day.segments, (s) => s.interactionId);
  return [...byInteraction.values()].flatMap((list): Chain[] => {
    const parts = list.toSorted((a, b) => a.part - b.part);
    const [first] = parts;
    if (!first) return [];
    const key = String(first.id).padStart(12, "0");
    const own: Chain = { key, parts, laterMs: 0, isCopy: false };
    if (first.origin !== "customer" || first.arrivedAt < day.from) return [own];
    // Whoever stays away at -10 % stays away at -20 % too, so that steps can be compared.
    if (arrivalsPercent < 0) return chance(seed, "less", key) < -arrivalsPercent / 100 ? [] : [own];
    const more = Math.floor(arrivalsPercent / 100 + 1 - chance(seed, "more", key));
    const copies = Array.from({ length: more }, (_, n) => ({
      key: `${key}+${n + 1}`,
      parts,
      laterMs: laterWithin(day, first.arrivedAt, chance(seed, "later", key, n)),
      isCopy: true,
    }));
    return [own, ...copies];
  });
}

function laterWithin(day: RecordedDay, at: number, lot: number): number {
  const later = Math.round((lot * 2 - 1) * SPREAD_MS);
  return Math.min(Math.max(at + later, day.from), day.to - 1) - at;
}
