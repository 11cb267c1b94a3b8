import {
  NO_TEAM,
  type ReportFilter,
  type ReportGroup,
  type ReportRow,
  type ReportSegment,
  type ReportStretch,
  type ReportSums,
  SegmentMeasure,
  SegmentTime,
  StretchTime,
} from "../../contract/reports.ts";
import { dateOf, endOfHour, hourOf } from "./calendar.ts";
import { type Reading, segmentMeasures, segmentTimes, stretchTimes } from "./measures.ts";
import type { TeamsAt } from "./teams.ts";

/** What is asked. `from` (included) to `to` (not), epoch milliseconds. */
export interface ReportQuestion extends Reading {
  readonly from: number;
  readonly to: number;
  readonly timeZone: string;
  readonly groupBy: ReportGroup;
  readonly filter: ReportFilter;
  /** For groups by team. */
  readonly teamsAt?: TeamsAt;
}

/** Sums so far, by group. */
export interface Tally {
  readonly groups: Map<string | null, ReportSums>;
}

export const emptyTally = (): Tally => ({ groups: new Map() });

const names = [...SegmentMeasure.options, ...SegmentTime.options, ...StretchTime.options];

export const noSums = (): ReportSums => Object.fromEntries(names.map((n) => [n, 0])) as ReportSums;

export const addSums = (a: ReportSums, b: ReportSums): ReportSums =>
  Object.fromEntries(names.map((n) => [n, a[n] + b[n]])) as ReportSums;

const offerMeasures = new Set<SegmentMeasure>([
  "offersMade",
  "offersAccepted",
  "offersDeclined",
  "offersMissed",
]);

/**
 * A segment as one group sees it, once for each group that it says something to. By agent its offers belong to whom they were
 * made and everything else to whoever took it, `null` for what nobody has taken. Otherwise by when it arrived.
 */
export function sharesOf(
  s: ReportSegment,
  q: ReportQuestion,
): { key: string | null; work: boolean; share: ReportSegment }[] {
  if (!arrivedWithin(s, q) || !fits(s, q.filter)) return [];
  const byAgent = q.groupBy === "agent" || q.groupBy === "team" || q.filter.agentId !== undefined;
  if (!byAgent) return [{ key: keyOf(s, q), work: true, share: s }];
  const agents = new Set([s.agentId, ...s.offers.map((o) => o.userId)]);
  return [...agents]
    .filter((agentId) => q.filter.agentId === undefined || agentId === q.filter.agentId)
    .flatMap((agentId) => {
      const share = { ...s, offers: s.offers.filter((o) => o.userId === agentId) };
      return keysOf(s, q, agentId).map((key) => ({ key, work: agentId === s.agentId, share }));
    });
}

/** The groups of an agent's share of a segment: whoever is in several teams counts in each. */
function keysOf(s: ReportSegment, q: ReportQuestion, agentId: string | null): readonly (string | null)[] {
  if (q.groupBy === "agent") return [agentId];
  if (q.groupBy !== "team") return [keyOf(s, q)];
  return agentId === null ? [null] : teamKeys(q, agentId, s.arrivedAt);
}

function teamKeys(q: ReportQuestion, userId: string, at: number): readonly string[] {
  const teams = q.teamsAt?.(userId, at) ?? [];
  return teams.length > 0 ? teams : [NO_TEAM];
}

/** How often a share of a segment counts in a measure. */
export const countOf = (
  { work, share }: { work: boolean; share: ReportSegment },
  measure: SegmentMeasure,
  reading: Reading,
): number => (work || offerMeasures.has(measure) ? segmentMeasures[measure](share, reading) : 0);

export function countSegment(tally: Tally, s: ReportSegment, q: ReportQuestion): void {
  for (const part of sharesOf(s, q)) {
    const sums = sumsOf(tally, part.key);
    for (const measure of SegmentMeasure.options) sums[measure] += countOf(part, measure, q);
    if (part.work) for (const time of SegmentTime.options) sums[time] += segmentTimes[time](part.share, q);
  }
}

/** An agent's time is not divided by queue or channel: such a question has none. */
export const hasStretches = (q: Pick<ReportQuestion, "groupBy" | "filter">): boolean =>
  q.groupBy !== "queue" &&
  q.groupBy !== "channel" &&
  q.filter.queueId === undefined &&
  q.filter.channel === undefined;

/** The part of a stretch that lies within the question, cut where groups end; what lasts, lasts until now. */
export function piecesOf(s: ReportStretch, q: ReportQuestion): { key: string | null; ms: number }[] {
  if (!hasStretches(q) || (q.filter.agentId !== undefined && q.filter.agentId !== s.userId)) return [];
  const until = Math.min(s.until ?? q.at, q.to);
  const pieces: { key: string | null; ms: number }[] = [];
  for (let from = Math.max(s.from, q.from); from < until; ) {
    // Days begin with an hour, so hours serve them too.
    const byAgent = q.groupBy === "agent" || q.groupBy === "team";
    const end = byAgent ? until : Math.min(until, endOfHour(from, q.timeZone));
    for (const key of stretchKeys(s, q, from)) pieces.push({ key, ms: end - from });
    from = end;
  }
  return pieces;
}

/** Of a team is who was in it when the stretch began. */
function stretchKeys(s: ReportStretch, q: ReportQuestion, from: number): readonly string[] {
  if (q.groupBy === "agent") return [s.userId];
  return q.groupBy === "team" ? teamKeys(q, s.userId, from) : [timeKey(from, q)];
}

export function countStretch(tally: Tally, s: ReportStretch, q: ReportQuestion): void {
  for (const { key, ms } of piecesOf(s, q)) {
    const sums = sumsOf(tally, key);
    for (const time of StretchTime.options) if (stretchTimes[time](s)) sums[time] += ms;
  }
}

/** The groups in the order of their keys, the nameless last, and their total. */
export function rowsOf(tally: Tally): { rows: ReportRow[]; total: ReportSums } {
  const rows = [...tally.groups].map(([key, sums]) => ({ key, sums }));
  rows.sort((a, b) => (a.key === null ? 1 : b.key === null ? -1 : a.key < b.key ? -1 : 1));
  return { rows, total: rows.reduce((sum, row) => addSums(sum, row.sums), noSums()) };
}

/** All at once, for facts that are at hand. */
export function reportNumbers(
  facts: { segments: Iterable<ReportSegment>; stretches: Iterable<ReportStretch> },
  question: ReportQuestion,
): { rows: ReportRow[]; total: ReportSums } {
  const tally = emptyTally();
  for (const s of facts.segments) countSegment(tally, s, question);
  for (const s of facts.stretches) countStretch(tally, s, question);
  return rowsOf(tally);
}

/** What people read, made of sums; `null` where there is nothing to divide by. Shares 0 to 1, times in milliseconds. */
export interface ReportRates {
  /** Met / counted, as the definition has it. */
  readonly serviceLevel: number | null;
  /** Average speed of answer: wait of what was answered / answered. */
  readonly asaMs: number | null;
  /** Average handling time: talk, hold and wrap-up of what was handled / handled. */
  readonly ahtMs: number | null;
  readonly talkMs: number | null;
  readonly holdMs: number | null;
  readonly wrapUpMs: number | null;
  /** Abandoned, short ones left out of both / offered. */
  readonly abandonment: number | null;
  /** With work in hand / with work in hand or idle. */
  readonly occupancy: number | null;
  readonly firstContactResolution: number | null;
  /** Handed on / handled. */
  readonly transferRate: number | null;
}

export function ratesOf(s: ReportSums): ReportRates {
  return {
    serviceLevel: share(s.levelMet, s.levelOf),
    asaMs: share(s.waitMs, s.answered),
    ahtMs: share(s.talkMs + s.holdMs + s.wrapUpMs, s.handled),
    talkMs: share(s.talkMs, s.handled),
    holdMs: share(s.holdMs, s.handled),
    wrapUpMs: share(s.wrapUpMs, s.handled),
    abandonment: share(s.abandoned - s.shortAbandoned, s.offered - s.shortAbandoned),
    occupancy: share(s.busyMs, s.busyMs + s.idleMs),
    firstContactResolution: share(s.firstContactsResolved, s.firstContacts),
    transferRate: share(s.transfers, s.handled),
  };
}

const share = (part: number, whole: number): number | null => (whole > 0 ? part / whole : null);

function sumsOf(tally: Tally, key: string | null): ReportSums {
  const sums = tally.groups.get(key) ?? noSums();
  tally.groups.set(key, sums);
  return sums;
}

const arrivedWithin = (s: ReportSegment, q: ReportQuestion): boolean =>
  s.arrivedAt >= q.from && s.arrivedAt < q.to;

const fits = (s: ReportSegment, { queueId, channel }: ReportFilter): boolean =>
  (queueId === undefined || s.queueId === queueId) && (channel === undefined || s.channel === channel);

function keyOf(s: ReportSegment, q: ReportQuestion): string | null {
  if (q.groupBy === "queue") return s.queueId;
  return q.groupBy === "channel" ? s.channel : timeKey(s.arrivedAt, q);
}

const timeKey = (at: number, { groupBy, timeZone }: ReportQuestion): string =>
  groupBy === "day" ? dateOf(at, timeZone) : hourOf(at, timeZone);
