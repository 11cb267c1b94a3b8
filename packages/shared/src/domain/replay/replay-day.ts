import type { ReplayChanges, ReplaySide } from "../../contract/replay.ts";
import type { ReportDefinition, ReportSegment, ReportStretch } from "../../contract/reports.ts";
import { type Outcome, type Rules, type Shift, simulate } from "../routing.ts";
import { applyChanges } from "./apply-changes.ts";
import { sideOf } from "./figures.ts";
import type { RecordedDay } from "./recorded-day.ts";
import { shiftsOf } from "./staffing.ts";
import { type Stay, staysOf } from "./stays.ts";

/** Runs a recorded day through the router, with changes, and counts it as reports count what was. The same for the same seed. */
export function replayDay(
  recorded: RecordedDay,
  o: {
    changes: ReplayChanges;
    definition: ReportDefinition;
    seed: number;
    /** The part of the day that has been run, 0 to 1. */
    progress?: (part: number) => void;
  },
): ReplaySide {
  const day = applyChanges(recorded, o.changes);
  const shifts = shiftsOf(day, o.changes.staff, o.seed).flatMap((s): Shift[] =>
    s.to > day.from ? [{ ...s, from: Math.max(s.from, day.from) }] : [],
  );
  const work = staysOf(day, { changes: o.changes, shifts, seed: o.seed });
  const stretches = stretchLog(day.at);
  const outcomes = simulate({
    arrivals: work.arrivals,
    shifts,
    rules: rulesOf(day),
    answer: work.answer,
    next: work.next,
    isThere: work.isThere,
    presence: stretches.note,
    progress: (at) => o.progress?.(Math.min(1, Math.max(0, at - day.from) / (day.to - day.from))),
  });
  const segments = outcomes.flatMap((outcome) => {
    const stay = work.stays.get(outcome.interactionId);
    return stay && outcome.arrivedAt < day.at ? [segmentOf(stay, outcome, day.at)] : [];
  });
  return sideOf(day, { segments, stretches: stretches.all(), definition: o.definition });
}

/** Where agents pick for themselves, the first who is free takes the first of the line. */
function rulesOf(day: RecordedDay): Rules {
  const queues = day.queues.map(
    ({ queueId, rules }) => [queueId, { ...rules, queueId, mode: "push" }] as const,
  );
  return { queues: new Map(queues), capacity: day.capacity };
}

/** The fact that the gateway would have noted. What lies behind `at` has not happened yet. */
function segmentOf(stay: Stay, o: Outcome, at: number): ReportSegment {
  const { was, arrival, inHand } = stay;
  const by = (time: number | null): number | null => (time === null || time > at ? null : time);
  const acceptedAt = by(o.answeredAt);
  const gone = by(o.abandonedAt);
  const endedAt = gone ?? (acceptedAt === null ? null : by(o.endedAt));
  const agentId = acceptedAt === null ? null : o.agentId;
  return {
    ...was,
    parkedMs: o.parkedMs,
    queueId: arrival.item.queueId,
    arrivedAt: inHand ? was.arrivedAt : o.arrivedAt,
    offers: [
      ...o.missed.map((m) => ({ ...m, outcome: "missed" as const })),
      ...o.declined.map((d) => ({ ...d, outcome: "declined" as const })),
      ...(agentId !== null && acceptedAt !== null && arrival.takenBy === undefined
        ? [{ userId: agentId, at: acceptedAt, outcome: "accepted" as const, endedAt: acceptedAt }]
        : []),
    ],
    acceptedAt,
    agentId,
    repliedAt: replyOf(was, acceptedAt),
    ...timesOf(was, endedAt !== null && agentId !== null ? o.workedMs : 0),
    running: null,
    endedAt,
    outcome: endedAt === null ? null : gone === null ? doneAs(stay, o) : leftAs(stay, o),
  };
}

/** The first message comes as long after the taking as it did then. */
const replyOf = (was: ReportSegment, acceptedAt: number | null): number | null => {
  if (acceptedAt === null) return null;
  return was.repliedAt === null || was.acceptedAt === null
    ? acceptedAt
    : acceptedAt + Math.max(0, was.repliedAt - was.acceptedAt);
};

/** Talk, hold and wrap-up in the shares that they had. */
function timesOf(was: ReportSegment, ms: number): Pick<ReportSegment, "talkMs" | "holdMs" | "wrapUpMs"> {
  const all = was.talkMs + was.holdMs + was.wrapUpMs;
  if (all === 0) return { talkMs: ms, holdMs: 0, wrapUpMs: 0 };
  const holdMs = Math.round((ms * was.holdMs) / all);
  const wrapUpMs = Math.round((ms * was.wrapUpMs) / all);
  return { talkMs: ms - holdMs - wrapUpMs, holdMs, wrapUpMs };
}

function doneAs({ was, isLast, arrival }: Stay, { workedMs }: Outcome): ReportSegment["outcome"] {
  if (workedMs < arrival.handleMs) return "requeued";
  return isLast || was.agentId === null ? "closed" : was.outcome;
}

function leftAs({ was, leftMs, waitEnd }: Stay, { isWaitEnded }: Outcome): ReportSegment["outcome"] {
  if (isWaitEnded) return waitEnd?.step.action === "move" ? "transferred" : "closed";
  return leftMs === null ? "closed" : was.outcome;
}

/** Presence as the simulator tells it, in the form of the facts. */
function stretchLog(at: number) {
  const stretches: ReportStretch[] = [];
  const last = new Map<string, number>();
  return {
    note(o: { userId: string; there: boolean; busy: boolean; at: number }): void {
      const index = last.get(o.userId);
      const open = index === undefined ? undefined : stretches[index];
      if (open && index !== undefined) stretches[index] = { ...open, until: o.at };
      last.delete(o.userId);
      if ((!o.there && !o.busy) || o.at >= at) return;
      last.set(o.userId, stretches.length);
      stretches.push({
        id: stretches.length,
        userId: o.userId,
        state: o.there ? "available" : "away",
        reason: null,
        busy: o.busy,
        from: o.at,
        until: null,
        by: null,
        left: null,
      });
    },
    all: () => stretches,
  };
}
