import type { ReportSegment } from "../../contract/reports.ts";
import { chance, pick } from "./chance.ts";
import { type Patience, patienceOf } from "./patience.ts";
import type { RecordedDay } from "./recorded-day.ts";

const USUAL_HANDLE_MS = 300_000;
const USUAL_AWAY_MS = 60_000;

/** What a day tells of how people act, for what it does not tell of one piece of work. */
export interface Habits {
  /** How long work of this queue takes, drawn from what was done. */
  handleMs(queueId: string, lot: number): number;
  /** How long an offer of this queue's work stands before it is taken. */
  answerMs(queueId: string, lot: number): number;
  readonly patience: (queueId: string) => Patience;
  /** How long somebody who missed an offer stays away. */
  readonly awayMs: number;
  /** Offers of an agent that were missed: they were not at their desk. */
  readonly notListening: (userId: string, at: number) => { from: number; to: number } | undefined;
}

export function habitsOf(day: RecordedDay): Habits {
  const byQueue = Map.groupBy(day.segments, (s) => s.queueId);
  const pools = <T>(of: (s: ReportSegment) => T | null): ((queueId: string) => T[]) => {
    const all = day.segments.flatMap((s) => of(s) ?? []);
    const own = new Map([...byQueue].map(([id, list]) => [id, list.flatMap((s) => of(s) ?? [])]));
    return (queueId) => {
      const list = own.get(queueId) ?? [];
      return list.length > 0 ? list : (all as T[]);
    };
  };
  const handled = pools((s) => (s.agentId !== null && s.endedAt !== null ? workOf(s) : null));
  const answers = pools(answerMsOf);
  const patience = new Map(
    [...byQueue].map(([id, list]) => [id, patienceOf(list.flatMap((s) => waitedFor(s, day)))]),
  );
  const missed = Map.groupBy(
    day.segments.flatMap((s) =>
      s.offers.flatMap((o) =>
        o.outcome === "missed" && o.endedAt !== null ? [{ userId: o.userId, from: o.at, to: o.endedAt }] : [],
      ),
    ),
    (m) => m.userId,
  );
  return {
    handleMs: (queueId, lot) => pick(handled(queueId), lot) ?? USUAL_HANDLE_MS,
    answerMs: (queueId, lot) => pick(answers(queueId), lot) ?? 0,
    patience: (queueId) => patience.get(queueId) ?? NEVER,
    awayMs: middle(awayTimes(day)) ?? USUAL_AWAY_MS,
    notListening: (userId, at) => missed.get(userId)?.find((m) => m.from <= at && at < m.to),
  };
}

/** Talk, hold and wrap-up. */
export const workOf = (s: ReportSegment): number => s.talkMs + s.holdMs + s.wrapUpMs;

/** How long the offer stood that was taken; `null`: the agent took it from the list. */
export function answerMsOf(s: ReportSegment): number | null {
  const taken = s.offers.find((o) => o.outcome === "accepted");
  return taken?.endedAt == null ? null : taken.endedAt - taken.at;
}

function waitedFor(s: ReportSegment, day: RecordedDay) {
  if (s.origin === "agent") return [];
  if (s.acceptedAt !== null) return [{ ms: s.acceptedAt - s.arrivedAt, gaveUp: false }];
  if (s.endedAt === null) return [];
  return [{ ms: s.endedAt - s.arrivedAt, gaveUp: s.outcome === "closed" && !day.waitsEnded[s.id] }];
}

const NEVER: Patience = () => null;

const awayTimes = (day: RecordedDay): number[] =>
  day.stretches.flatMap((s) => (s.reason === "missed" && s.until !== null ? [s.until - s.from] : []));

const middle = (list: readonly number[]): number | undefined =>
  list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)];

/** A lot of one thing of a day. */
export const lotOf =
  (seed: number) =>
  (...of: readonly (number | string)[]): number =>
    chance(seed, ...of);
