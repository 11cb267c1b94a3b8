import { describe, expect, test } from "vitest";
import type { AgentDay } from "../../contract/floor.ts";
import {
  LevelRule,
  ReportDefinition,
  type ReportSegment,
  type ReportStretch,
} from "../../contract/reports.ts";
import { reportDay, reportId } from "../../testing/report-day.ts";
import { seededRandom } from "../../testing/seeded-random.ts";
import { startOfDate } from "./calendar.ts";
import { type DayFigures, dayFigures, RECENT_MS } from "./day.ts";
import { emptyCarry, foldReport, type ReportChanges } from "./fold.ts";
import { noSums, reportNumbers } from "./numbers.ts";
import { readReportEvent } from "./read.ts";

const zone = "Asia/Ho_Chi_Minh";
const from = startOfDate("2026-11-22", zone);
const to = startOfDate("2026-11-23", zone);
const queues = [reportId(1), reportId(2)];
const agents = [reportId(11), reportId(12), reportId(13)];
const states = ["available", "away", "offline", "busy"];

interface Job {
  readonly queueId: string;
  readonly ownerId: string | null;
  readonly waitingSince: number;
}

/** Two hours about midnight in which anything happens to anybody; from half an hour before the day. */
function randomDay(seed: number) {
  const random = seededRandom(seed);
  const pick = <T>(of: readonly T[]): T => of[Math.floor(random() * of.length)] as T;
  const day = reportDay(from);
  const open = new Map<number, Job>();
  let n = 0;

  function begin(second: number): void {
    const isStarted = random() < 0.1;
    const ownerId = isStarted ? pick(agents) : null;
    const job = { queueId: pick(queues), ownerId, waitingSince: from + second * 1_000 };
    open.set(++n, job);
    const reasons = isStarted ? [{ code: "started_by_agent" }] : [];
    day.step(second, "interaction.opened", { interactionId: reportId(100 + n), ...job }, { reasons });
  }

  function moveOn(second: number, id: number, job: Job): void {
    const userId = pick(agents);
    const work = { interactionId: reportId(100 + id), ...job };
    const step = (name: Parameters<typeof day.step>[1], now: Partial<Job> = {}) => {
      open.set(id, { ...job, ...now });
      day.step(second, name, { ...work, ...now }, { userId });
    };
    const waiting = [
      () => step("interaction.offered"),
      () => step("interaction.missed"),
      () => step("interaction.accepted", { ownerId: userId }),
      () => step("interaction.accepted", { ownerId: userId }),
    ];
    const inHand = [
      () => day.reply(second, work, userId),
      () => step("interaction.ended"),
      () => step("interaction.requeued", { ownerId: null }),
      () => step("interaction.transferred", { ownerId: null, queueId: pick(queues) }),
    ];
    const close = () => {
      open.delete(id);
      day.step(second, "interaction.closed", work, { disposition: "Xong" });
    };
    pick(job.ownerId === null ? [...waiting, close] : [...inHand, close])();
  }

  for (let second = -1_700; second < 5_400; second += Math.floor(random() * 25)) {
    const dice = random();
    const [id, job] = open.size > 0 ? pick([...open]) : [0, null];
    if (dice < 0.2) day.agent(second, pick(agents), pick(states), { load: pick([0, 1]) });
    else if (dice < 0.4 || job === null) begin(second);
    else moveOn(second, id, job);
  }
  return day.entries.flatMap((entry) => readReportEvent(entry) ?? []);
}

function put(
  figures: DayFigures,
  { segments, stretches }: Pick<ReportChanges, "segments" | "stretches">,
): void {
  for (const s of segments.values()) figures.putSegment(s);
  for (const s of stretches.values()) figures.putStretch(s);
}

/** Without those who have done nothing yet: a report may leave them out. */
const named = (agents: ReadonlyMap<string | null, object>) =>
  new Map([...agents].filter(([, a]) => Object.values(a).some((n) => n !== 0)));

function keep<T>(all: Map<number, T>, changed: ReadonlyMap<number, T>): void {
  for (const [id, fact] of changed) all.set(id, fact);
}

type Facts = Parameters<typeof reportNumbers>[0];
type Ask = Pick<Parameters<typeof reportNumbers>[1], "definition" | "at">;

/** What a report says of the queues, in the words of the day. */
function reportedQueues(facts: Facts, ask: Ask): Map<string | null, object> {
  const question = { ...ask, timeZone: zone, filter: {}, groupBy: "queue" } as const;
  const recentFrom = Math.floor((ask.at - RECENT_MS) / 60_000) * 60_000;
  const recent = reportNumbers(facts, { ...question, from: recentFrom, to: ask.at + 1 }).rows;
  const today = reportNumbers(facts, { ...question, from, to }).rows;
  return new Map(
    queues.map((queueId) => {
      const now = recent.find((r) => r.key === queueId)?.sums ?? noSums();
      const { offered, answered, abandoned, levelMet, levelOf } =
        today.find((r) => r.key === queueId)?.sums ?? noSums();
      const level = { levelMet, levelOf, recentMet: now.levelMet, recentOf: now.levelOf };
      return [queueId, { queueId, offered, answered, abandoned, ...level }];
    }),
  );
}

/** The same of the agents. */
function reportedAgents(facts: Facts, ask: Ask): Map<string | null, object> {
  const question = { ...ask, timeZone: zone, filter: {}, groupBy: "agent", from, to } as const;
  return new Map(
    reportNumbers(facts, question)
      .rows.filter((r) => r.key !== null)
      .map(({ key, sums }) => {
        const { handled, talkMs, holdMs, wrapUpMs, offersMissed, busyMs, idleMs } = sums;
        return [
          key,
          { handled, handlingMs: talkMs + holdMs + wrapUpMs, missed: offersMissed, busyMs, idleMs },
        ];
      }),
  );
}

function readAt({ handled, handlingMs, missed, busyMs, idleMs, running }: AgentDay, at: number) {
  const ms = running ? at - running.since : 0;
  return {
    handled,
    handlingMs,
    missed,
    busyMs: busyMs + (running?.what === "busy" ? ms : 0),
    idleMs: idleMs + (running?.what === "idle" ? ms : 0),
  };
}

describe("a day that is not over", () => {
  test.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])(
    "kept up fact by fact it says what the report says, day %i",
    (seed) => {
      const answer = seed % 3 === 0 ? "replied" : "accepted";
      const definition = ReportDefinition.parse({ level: LevelRule.options[seed % 5], answer });
      const carry = emptyCarry();
      const segments = new Map<number, ReportSegment>();
      const stretches = new Map<number, ReportStretch>();
      const figures = dayFigures({ definition, timeZone: zone, from, to });
      const known = new Map<string, AgentDay>();
      const events = randomDay(seed);
      for (let i = 0; i < events.length; i += 7) {
        const piece = events.slice(i, i + 7);
        const changes = foldReport(carry, piece);
        keep(segments, changes.segments);
        keep(stretches, changes.stretches);
        put(figures, changes);
        // What is read twice counts once.
        if (i % 2 === 0) put(figures, changes);
        for (const a of figures.changedAgents()) known.set(a.userId, a);
        const at = (piece.at(-1)?.at ?? from) + 500;
        if (at < from) continue;
        const facts = { segments: [...segments.values()], stretches: [...stretches.values()] };
        const reported = reportedQueues(facts, { definition, at });
        for (const q of figures.queues(at)) expect(q).toEqual(reported.get(q.queueId));
        const said = new Map([...known].map(([id, a]) => [id, readAt(a, at)]));
        expect(named(said)).toEqual(named(reportedAgents(facts, { definition, at })));
      }
    },
  );

  test("time alone changes a number when a target passes and when a minute leaves the half hour, not between", () => {
    const definition = ReportDefinition.parse({ targetSeconds: 20 });
    const figures = dayFigures({ definition, timeZone: zone, from, to });
    const day = reportDay(from);
    day.step(3_605, "interaction.opened", { interactionId: reportId(101), queueId: queues[0] ?? "" });
    put(
      figures,
      foldReport(
        emptyCarry(),
        day.entries.flatMap((e) => readReportEvent(e) ?? []),
      ),
    );
    const at = from + 3_610_000;
    const late = from + 3_625_001;
    expect(figures.nextChange(at)).toBe(late);
    expect(figures.queues(late - 1)).toMatchObject([{ levelOf: 0, recentOf: 0 }]);
    expect(figures.queues(late)).toMatchObject([{ levelOf: 1, recentOf: 1 }]);
    expect(figures.nextChange(late)).toBe(from + 3_660_000);
    expect(figures.queues(from + 3_600_000 + RECENT_MS + 60_000)).toMatchObject([
      { levelOf: 1, recentOf: 0 },
    ]);
  });
});
