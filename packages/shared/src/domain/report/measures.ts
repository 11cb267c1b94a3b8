import type {
  ReportDefinition,
  ReportSegment,
  ReportStretch,
  SegmentMeasure,
  SegmentTime,
  StretchTime,
} from "../../contract/reports.ts";

/** How a question wants facts to be read. `at`: what waits has waited until here, epoch milliseconds. */
export interface Reading {
  readonly definition: ReportDefinition;
  readonly at: number;
}

const SECOND = 1_000;
const DAY = 86_400_000;

/** When it was answered, as the definition has it: taken by an agent, or written to. Work that an agent began is no answer. */
export function answeredAt(s: ReportSegment, { definition }: Reading): number | null {
  if (s.origin === "agent") return null;
  return definition.answer === "accepted" ? s.acceptedAt : s.repliedAt;
}

/**
 * How a customer's wait in a segment came out. `abandoned`: it was closed, by a person or a rule, and nobody had answered.
 * `movedOn`: it left the queue unanswered but not closed; another segment has its wait. `started`: an agent wrote first.
 */
export function waitOf(
  s: ReportSegment,
  reading: Reading,
): { end: "answered" | "abandoned" | "movedOn" | "waiting" | "started"; ms: number } {
  if (s.origin === "agent") return { end: "started", ms: 0 };
  const answered = answeredAt(s, reading);
  const ms = Math.max(0, (answered ?? s.endedAt ?? reading.at) - s.arrivedAt);
  if (answered !== null) return { end: "answered", ms };
  if (s.outcome === null) return { end: "waiting", ms };
  return { end: s.outcome === "closed" ? "abandoned" : "movedOn", ms };
}

/**
 * Whether a segment counts for the service level, and whether it met it. Who still waits, or was moved on, counts once the
 * target has passed: before, nothing is decided.
 */
export function levelOf(s: ReportSegment, reading: Reading): "met" | "missed" | null {
  const { level, targetSeconds, shortAbandonSeconds } = reading.definition;
  const { end, ms } = waitOf(s, reading);
  const inTime = ms <= targetSeconds * SECOND;
  if (end === "started") return null;
  if (end === "answered") return inTime ? "met" : "missed";
  if (level === "of_answered") return null;
  if (end === "abandoned") {
    if (level === "abandons_met" && inTime) return "met";
    if (level === "late_abandons" && inTime) return null;
    return level === "without_short_abandons" && ms < shortAbandonSeconds * SECOND ? null : "missed";
  }
  // Of `late_abandons` only those count who were answered or gave up.
  return inTime || level === "late_abandons" ? null : "missed";
}

/** Whether the matter was the customer's first for so many days and was done in one go, `null` where it cannot be said. */
function firstContact(s: ReportSegment, { definition }: Reading): boolean | null {
  if (s.outcome !== "closed" || s.resolved === null || s.agentId === null) return null;
  if (s.openedBy === "agent") return null;
  const window = definition.repeatDays * DAY;
  if (s.lastClosedAt !== null && s.openedAt - s.lastClosedAt < window) return null;
  const back = s.returnedAt !== null && s.endedAt !== null && s.returnedAt - s.endedAt < window;
  return s.resolved && s.part === 0 && !back;
}

const isHandled = (s: ReportSegment): boolean => s.agentId !== null && s.outcome !== null;

const waitEnds =
  (...ends: ReturnType<typeof waitOf>["end"][]) =>
  (s: ReportSegment, r: Reading): number =>
    ends.includes(waitOf(s, r).end) ? 1 : 0;

const offers =
  (outcome: ReportSegment["offers"][number]["outcome"]) =>
  (s: ReportSegment): number =>
    s.offers.filter((o) => o.outcome === outcome).length;

/** How often a segment counts in each number. The rows behind a number are the segments that count in it at all. */
export const segmentMeasures: Record<SegmentMeasure, (s: ReportSegment, r: Reading) => number> = {
  /** Stays in queues. */
  segments: () => 1,
  /** Pieces of work, each counted where it first came in. */
  interactions: (s) => (s.part === 0 ? 1 : 0),
  /** Customers' waits: all but what agents began. */
  offered: (s) => (s.origin === "agent" ? 0 : 1),
  /** Begun by an agent. */
  started: waitEnds("started"),
  /** Not answered yet. */
  waiting: waitEnds("waiting"),
  /** Left the queue unanswered, to wait elsewhere. */
  movedOn: waitEnds("movedOn"),
  answered: waitEnds("answered"),
  answeredInTime: (s, r) => {
    const { end, ms } = waitOf(s, r);
    return end === "answered" && ms <= r.definition.targetSeconds * SECOND ? 1 : 0;
  },
  /** Closed before anybody answered. */
  abandoned: waitEnds("abandoned"),
  /** Abandoned before the short-abandon threshold. */
  shortAbandoned: (s, r) => {
    const { end, ms } = waitOf(s, r);
    return end === "abandoned" && ms < r.definition.shortAbandonSeconds * SECOND ? 1 : 0;
  },
  /** Numerator of the service level. */
  levelMet: (s, r) => (levelOf(s, r) === "met" ? 1 : 0),
  /** Denominator of the service level. */
  levelOf: (s, r) => (levelOf(s, r) === null ? 0 : 1),
  /** Had an agent, and is over: what handling times are averaged over. */
  handled: (s) => (isHandled(s) ? 1 : 0),
  /** Handed on by the agent who had it, or taken over from them. */
  transfers: (s) => (s.outcome === "transferred" && s.agentId !== null ? 1 : 0),
  /** Came back from an agent who was gone. */
  requeued: (s) => (s.outcome === "requeued" ? 1 : 0),
  offersMade: (s) => s.offers.length,
  offersAccepted: offers("accepted"),
  offersDeclined: offers("declined"),
  offersMissed: offers("missed"),
  /** Closed by somebody who said whether it is done, and the customer had not been there within the days before. */
  firstContacts: (s, r) => (firstContact(s, r) === null ? 0 : 1),
  /** Of these: done by the first agent, and the customer did not come back within the days after. */
  firstContactsResolved: (s, r) => (firstContact(s, r) ? 1 : 0),
};

/** Milliseconds that a segment adds to each sum. */
export const segmentTimes: Record<SegmentTime, (s: ReportSegment, r: Reading) => number> = {
  /** Of what was answered, until it was. */
  waitMs: (s, r) => waitIf(s, r, "answered"),
  /** Of what was abandoned, until it was. */
  abandonWaitMs: (s, r) => waitIf(s, r, "abandoned"),
  talkMs: (s) => (isHandled(s) ? s.talkMs : 0),
  holdMs: (s) => (isHandled(s) ? s.holdMs : 0),
  wrapUpMs: (s) => (isHandled(s) ? s.wrapUpMs : 0),
};

function waitIf(s: ReportSegment, r: Reading, wanted: "answered" | "abandoned"): number {
  const { end, ms } = waitOf(s, r);
  return end === wanted ? ms : 0;
}

/** Which stretches count in each time of agents. */
export const stretchTimes: Record<StretchTime, (s: Pick<ReportStretch, "state" | "busy">) => boolean> = {
  /** There, in whatever state. */
  signedOnMs: () => true,
  availableMs: (s) => s.state === "available",
  /** With work in hand, in whatever state: an agent who takes no more still works. */
  busyMs: (s) => s.busy,
  /** Ready for work, with none in hand. */
  idleMs: (s) => s.state === "available" && !s.busy,
  awayMs: (s) => s.state === "away",
};
