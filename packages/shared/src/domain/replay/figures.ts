import type { ReplayRow, ReplaySide } from "../../contract/replay.ts";
import type { ReportDefinition, ReportGroup, ReportSegment, ReportStretch } from "../../contract/reports.ts";
import { type ReportQuestion, reportNumbers, sharesOf, waitOf } from "../report.ts";
import type { RecordedDay } from "./recorded-day.ts";

interface Facts {
  readonly segments: readonly ReportSegment[];
  readonly stretches: readonly ReportStretch[];
  readonly definition: ReportDefinition;
}

/** The recorded day in the same numbers. */
export const recordedSide = (day: RecordedDay, definition: ReportDefinition): ReplaySide =>
  sideOf(day, { segments: day.segments, stretches: day.stretches, definition });

/** Counts a day as reports do. */
export function sideOf(day: RecordedDay, facts: Facts): ReplaySide {
  const hours = grouped(day, facts, "hour");
  return {
    // An agent's time is of no queue, so the total is that of the hours.
    total: hours.total,
    queues: grouped(day, facts, "queue").rows,
    hours: hours.rows,
    agents: grouped(day, facts, "agent").rows,
  };
}

function grouped(
  { from, to, at, timeZone }: RecordedDay,
  facts: Facts,
  groupBy: ReportGroup,
): { rows: ReplayRow[]; total: ReplayRow } {
  const { definition } = facts;
  const question: ReportQuestion = { from, to, at, timeZone, definition, groupBy, filter: {} };
  const { rows, total } = reportNumbers(facts, question);
  const waits = new Map<string | null, number[]>(rows.map(({ key }) => [key, []]));
  for (const s of facts.segments)
    for (const { key, work, share } of sharesOf(s, question)) {
      const { end, ms } = waitOf(share, question);
      if (work && (end === "answered" || end === "abandoned")) waits.get(key)?.push(ms);
    }
  return {
    rows: rows.map((row) => ({ ...row, ...waitsOf(waits.get(row.key) ?? []) })),
    total: { key: null, sums: total, ...waitsOf([...waits.values()].flat()) },
  };
}

/** The ninetieth of a hundred, by nearest rank, and the longest. */
function waitsOf(waits: readonly number[]): Pick<ReplayRow, "p90WaitMs" | "longestWaitMs"> {
  const sorted = waits.toSorted((a, b) => a - b);
  return {
    p90WaitMs: sorted[Math.ceil(sorted.length * 0.9) - 1] ?? null,
    longestWaitMs: sorted.at(-1) ?? null,
  };
}
