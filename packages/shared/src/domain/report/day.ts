import type { AgentDay, QueueDay } from "../../contract/floor.ts";
import type { ReportDefinition, ReportSegment, ReportStretch } from "../../contract/reports.ts";
import { type Reading, segmentMeasures, segmentTimes, stretchTimes, waitOf } from "./measures.ts";
import { countOf, sharesOf } from "./numbers.ts";

/** What "now" means for a service level: what arrived since the minute that began so long ago. */
export const RECENT_MS = 30 * 60_000;
const MINUTE = 60_000;

/** The numbers of a day that is not over, kept up fact by fact: what reports would say, without reading the day again. */
export interface DayFigures {
  /** A segment as it now is. The same again changes nothing. */
  putSegment(s: ReportSegment): void;
  /** A stretch as it now is; of one agent in their order. The same again changes nothing. */
  putStretch(s: ReportStretch): void;
  queues(at: number): QueueDay[];
  /** The agents of whom something is different since this was last asked. */
  changedAgents(): AgentDay[];
  /** When time alone will change a queue's numbers, or end the day. */
  nextChange(at: number): number;
}

export interface DayOf {
  readonly definition: ReportDefinition;
  readonly timeZone: string;
  /** The day, from (included) to (not), epoch milliseconds. Facts from `RECENT_MS` before it are wanted too. */
  readonly from: number;
  readonly to: number;
}

type Sums = Omit<QueueDay, "queueId" | "recentMet" | "recentOf">;
type Level = Pick<Sums, "levelMet" | "levelOf">;
type Writable<T> = { -readonly [K in keyof T]: T[K] };

interface QueueBook {
  readonly sums: Writable<Sums>;
  /** By the minute of arrival. */
  readonly minutes: Map<number, Writable<Level>>;
  /** Nobody has answered them: whether they count changes with time. */
  readonly waiting: Map<number, ReportSegment>;
}

type Work = Pick<AgentDay, "handled" | "handlingMs" | "missed">;
interface AgentPart extends Work {
  readonly userId: string;
}

const noSums = (): Sums => ({ offered: 0, answered: 0, abandoned: 0, levelMet: 0, levelOf: 0 });

export function dayFigures(day: DayOf): DayFigures {
  const books = new Map<string, QueueBook>();
  const agents = new Map<string, Writable<AgentDay>>();
  const touched = new Set<string>();
  /** Segments whose wait is over, which is counted once. */
  const answered = new Set<number>();
  /** What segments that go on have given their agents so far; `null`: the segment is over. */
  const given = new Map<number, readonly AgentPart[] | null>();
  /** The last stretch of each agent that is over. */
  const lastOver = new Map<string, number>();

  const isToday = (s: ReportSegment): boolean => s.arrivedAt >= day.from && s.arrivedAt < day.to;

  function bookOf(queueId: string): QueueBook {
    const book = books.get(queueId) ?? { sums: noSums(), minutes: new Map(), waiting: new Map() };
    books.set(queueId, book);
    return book;
  }

  function agentOf(userId: string): Writable<AgentDay> {
    const none = { handled: 0, handlingMs: 0, missed: 0, busyMs: 0, idleMs: 0, running: null };
    const agent = agents.get(userId) ?? { userId, ...none };
    agents.set(userId, agent);
    touched.add(userId);
    return agent;
  }

  function putWait(s: ReportSegment): void {
    const book = bookOf(s.queueId);
    const reading = { definition: day.definition, at: s.arrivedAt };
    if (waitOf(s, reading).end === "waiting") {
      book.waiting.set(s.id, s);
      return;
    }
    book.waiting.delete(s.id);
    if (answered.has(s.id)) return;
    answered.add(s.id);
    if (isToday(s)) add(book.sums, sumsOf(s, reading));
    const minute = Math.floor(s.arrivedAt / MINUTE);
    const level = book.minutes.get(minute) ?? { levelMet: 0, levelOf: 0 };
    book.minutes.set(minute, level);
    add(level, levelSums(s, reading));
  }

  function putWork(s: ReportSegment): void {
    const before = given.get(s.id);
    if (before === null || !isToday(s)) return;
    for (const part of before ?? []) addWork(agentOf(part.userId), part, -1);
    const now = partsOf(s, day);
    for (const part of now) addWork(agentOf(part.userId), part, 1);
    given.set(s.id, s.outcome === null ? now : null);
  }

  function recentOf(book: QueueBook, at: number): Level {
    const since = Math.floor((at - RECENT_MS) / MINUTE);
    const level = { levelMet: 0, levelOf: 0 };
    for (const [minute, sums] of book.minutes) {
      if (minute >= since) add(level, sums);
      else book.minutes.delete(minute);
    }
    for (const s of book.waiting.values())
      if (Math.floor(s.arrivedAt / MINUTE) >= since)
        add(level, levelSums(s, { definition: day.definition, at }));
    return level;
  }

  return {
    putSegment(s) {
      putWait(s);
      putWork(s);
    },
    putStretch(s) {
      if (s.id <= (lastOver.get(s.userId) ?? 0)) return;
      const what = stretchTimes.busyMs(s) ? "busy" : stretchTimes.idleMs(s) ? "idle" : null;
      const from = Math.max(s.from, day.from);
      const agent = agentOf(s.userId);
      agent.running = s.until === null && what !== null ? { what, since: from } : null;
      if (s.until === null) return;
      lastOver.set(s.userId, s.id);
      const ms = Math.max(0, Math.min(s.until, day.to) - from);
      if (what === "busy") agent.busyMs += ms;
      if (what === "idle") agent.idleMs += ms;
    },
    queues(at) {
      const reading = { definition: day.definition, at };
      return [...books].map(([queueId, book]) => {
        const sums = { ...book.sums };
        for (const s of book.waiting.values()) if (isToday(s)) add(sums, sumsOf(s, reading));
        const recent = recentOf(book, at);
        return { queueId, ...sums, recentMet: recent.levelMet, recentOf: recent.levelOf };
      });
    },
    changedAgents() {
      const changed = [...touched].flatMap((id) => agents.get(id) ?? []);
      touched.clear();
      return changed.map((a) => ({ ...a }));
    },
    nextChange(at) {
      const nextMinute = (Math.floor(at / MINUTE) + 1) * MINUTE;
      let next = Math.min(day.to, nextMinute);
      const target = day.definition.targetSeconds * 1_000;
      for (const { waiting } of books.values())
        for (const s of waiting.values()) {
          const late = s.arrivedAt + target + 1;
          if (late > at && late < next) next = late;
        }
      return next;
    },
  };
}

function add<T extends Readonly<Record<string, number>>>(to: Writable<T>, from: T): void {
  for (const name of Object.keys(to) as (keyof T)[]) (to as Record<keyof T, number>)[name] += from[name] ?? 0;
}

const levelSums = (s: ReportSegment, r: Reading): Level => ({
  levelMet: segmentMeasures.levelMet(s, r),
  levelOf: segmentMeasures.levelOf(s, r),
});

const sumsOf = (s: ReportSegment, r: Reading): Sums => ({
  offered: segmentMeasures.offered(s, r),
  answered: segmentMeasures.answered(s, r),
  abandoned: segmentMeasures.abandoned(s, r),
  ...levelSums(s, r),
});

/** What a segment says of each of its agents, as reports by agent count it. */
function partsOf(s: ReportSegment, day: DayOf): AgentPart[] {
  const question = { ...day, at: day.from, groupBy: "agent", filter: {} } as const;
  return sharesOf(s, question).flatMap((part) => {
    if (part.key === null) return [];
    const { talkMs, holdMs, wrapUpMs } = segmentTimes;
    const ms = [talkMs, holdMs, wrapUpMs].reduce((sum, time) => sum + time(part.share, question), 0);
    return {
      userId: part.key,
      handled: countOf(part, "handled", question),
      handlingMs: part.work ? ms : 0,
      missed: countOf(part, "offersMissed", question),
    };
  });
}

function addWork(agent: Writable<AgentDay>, part: Work, sign: 1 | -1): void {
  agent.handled += sign * part.handled;
  agent.handlingMs += sign * part.handlingMs;
  agent.missed += sign * part.missed;
}
