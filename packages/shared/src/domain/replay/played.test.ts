import { describe, expect, test } from "vitest";
import { type ReplayChanges, ReplayQuestion, type ReplaySide } from "../../contract/replay.ts";
import { ReportDefinition } from "../../contract/reports.ts";
import { defaultCapacity, defaultQueueRules } from "../../contract/routing.ts";
import { noWaitRules, type WaitRules, type WaitStep } from "../../contract/wait-rules.ts";
import { reportDay, reportId } from "../../testing/report-day.ts";
import { emptyCarry, foldReport, readReportEvent } from "../report.ts";
import { recordedSide } from "./figures.ts";
import type { RecordedDay } from "./recorded-day.ts";
import { replayDay } from "./replay-day.ts";

const HOUR = 3_600_000;
const start = Date.parse("2026-11-20T00:00:00+07:00");
const [care, warranty, lan, minh] = [1, 2, 3, 4].map(reportId) as [string, string, string, string];
const definition = ReportDefinition.parse({});
const [a, b] = [10, 11].map((n) => ({ interactionId: reportId(n), queueId: care })) as [Work, Work];
type Work = { interactionId: string; queueId: string };

type Log = ReturnType<typeof reportDay>;

/** A day on which Lan takes one chat at a time for care, and Minh for warranty. */
function recorded(
  write: (log: Log) => void,
  o: Partial<RecordedDay> & { steps?: WaitStep[] } = {},
): RecordedDay {
  const log = reportDay(start);
  for (const who of [lan, minh]) log.agent(0, who, "available");
  write(log);
  const folded = foldReport(
    emptyCarry(),
    log.entries.flatMap((e) => readReportEvent(e) ?? []),
  );
  const segments = [...folded.segments.values()];
  const known = { kind: "chat", tags: [], lastAgentId: null, customerOwnerId: null, windowMs: null } as const;
  const { steps = [], ...rest } = o;
  return {
    day: "2026-11-20",
    timeZone: "Asia/Ho_Chi_Minh",
    from: start,
    to: start + 24 * HOUR,
    at: start + 48 * HOUR,
    segments,
    stretches: [...folded.stretches.values()],
    work: Object.fromEntries(segments.map((s) => [s.interactionId, known])),
    handedTo: {},
    waitsEnded: {},
    parks: {},
    queues: [care, warranty].map((queueId) => ({
      queueId,
      memberIds: [queueId === care ? lan : minh],
      offerSeconds: 30,
      rules: defaultQueueRules,
      waiting: queueId === care ? { steps, place: null } : noWaitRules,
      hours: null,
      outOfHours: "hold",
    })),
    agents: [lan, minh].map((userId) => ({ userId, skills: {}, limits: { call: 0, chat: 1, mail: 0 } })),
    capacity: defaultCapacity,
    rulesChanged: 0,
    asNow: 0,
    ...rest,
  };
}

function takes(log: Log, w: Work, who: string, at: { offered: number; closed: number }): void {
  log.step(at.offered, "interaction.offered", w, { userId: who });
  log.step(at.offered, "interaction.accepted", { ...w, ownerId: who }, { userId: who, actorId: who });
  log.agent(at.offered, who, "available", { load: 1 });
  log.step(at.closed, "interaction.closed", w, { disposition: "Xong", actorId: who });
  log.agent(at.closed, who, "available");
}

const run = (day: RecordedDay, o: Partial<ReplayChanges> = {}): ReplaySide => {
  const { changes } = ReplayQuestion.parse({ day: "2026-11-20" });
  return replayDay(day, { changes: { ...changes, ...o }, definition, seed: 1 });
};
const waiting = (...steps: WaitStep[]): { queues: ReplayChanges["queues"] } => {
  const rules: WaitRules = { steps, place: null };
  return { queues: [{ queueId: care, waiting: rules }] };
};
/** How many were answered and lost, and how long both waited in all: seconds. */
const cameOut = ({ total: { sums } }: ReplaySide) => ({
  answered: sums.answered,
  waited: sums.waitMs / 1_000,
  abandoned: sums.abandoned,
  inVain: sums.abandonWaitMs / 1_000,
});
const idOf = (day: RecordedDay, w: Work, part = 0): number =>
  day.segments.find((s) => s.interactionId === w.interactionId && s.part === part)?.id ?? -1;

describe("steps of a long wait", () => {
  const ticket: WaitStep = { afterMs: 300_000, action: "ticket" };
  const base = recorded(
    (log) => {
      log.step(100, "interaction.opened", a, { reasons: ["customer_wrote"] });
      takes(log, a, lan, { offered: 100, closed: 1_000 });
      log.step(160, "interaction.opened", b, { reasons: ["customer_wrote"] });
      log.step(460, "interaction.closed", b, { reasons: [{ code: "waited_too_long" }] });
    },
    { steps: [ticket] },
  );
  const day = { ...base, waitsEnded: { [idOf(base, b)]: true } as const };

  test("a ticket ends the wait when the queue says so, as it did", () => {
    expect(cameOut(run(day))).toEqual({ answered: 1, waited: 0, abandoned: 1, inVain: 300 });
    expect(cameOut(run(day))).toEqual(cameOut(recordedSide(day, definition)));
  });

  test("a step that comes earlier, or not at all, does what it says; who is served in time has none", () => {
    const earlier = run(day, waiting({ afterMs: 120_000, action: "call_back" }));
    expect(cameOut(earlier)).toEqual({ answered: 1, waited: 0, abandoned: 1, inVain: 120 });
    const never = run(day, waiting());
    expect(cameOut(never)).toEqual({ answered: 2, waited: 840, abandoned: 0, inVain: 0 });
    const two = run(day, { staff: [{ queueId: care, fromHour: 0, toHour: 1, count: 1 }] });
    expect(cameOut(two)).toEqual({ answered: 2, waited: 0, abandoned: 0, inVain: 0 });
  });

  test("a step that moves has it wait in the other queue, at its age, and is done once", () => {
    const moved = run(day, waiting({ afterMs: 200_000, action: "move", queueId: warranty }));
    const of = (id: string) => moved.queues.find((q) => q.key === id)?.sums;
    expect(of(care)).toMatchObject({ offered: 2, answered: 1, movedOn: 1 });
    expect(of(warranty)).toMatchObject({ offered: 1, answered: 1, waitMs: 0 });
    const back: WaitStep = { afterMs: 200_000, action: "move", queueId: care };
    const noMinh = day.stretches.filter((s) => s.userId !== minh);
    const round = run(
      { ...day, stretches: noMinh },
      {
        queues: [
          { queueId: care, waiting: { steps: [{ ...back, queueId: warranty }], place: null } },
          { queueId: warranty, waiting: { steps: [back], place: null } },
        ],
      },
    );
    // Care, warranty, and care again, where it now waits for Lan.
    expect(round.total.sums).toMatchObject({ movedOn: 2, answered: 2, waitMs: 440_000 });
  });

  test("what was moved then goes on as it did then", () => {
    const move: WaitStep = { afterMs: 300_000, action: "move", queueId: warranty };
    const then = recorded(
      (log) => {
        log.step(100, "interaction.opened", a, { reasons: ["customer_wrote"] });
        takes(log, a, lan, { offered: 100, closed: 1_000 });
        log.step(160, "interaction.opened", b, { reasons: ["customer_wrote"] });
        const there = { ...b, queueId: warranty };
        log.step(460, "interaction.transferred", there, { reasons: [{ code: "waited_too_long" }] });
        takes(log, there, minh, { offered: 460, closed: 700 });
      },
      { steps: [move] },
    );
    const known = { ...then, waitsEnded: { [idOf(then, b)]: true } as const };
    expect(run(known).queues).toEqual(recordedSide(known, definition).queues);
    expect(run(known).total.sums).toMatchObject({ movedOn: 1, talkMs: 1_140_000 });
  });
});

describe("work that is put aside", () => {
  /** Lan has it, puts it aside after 100 s of it for 400 s, and ends it after 100 s more. */
  const base = recorded((log) => {
    const own = { ...a, ownerId: lan };
    log.step(100, "interaction.opened", a, { reasons: ["customer_wrote"] });
    log.step(100, "interaction.accepted", own, { userId: lan, actorId: lan });
    log.agent(100, lan, "available", { load: 1 });
    log.step(150, "interaction.opened", b, { reasons: ["customer_wrote"] });
    log.step(200, "interaction.parked", own, { actorId: lan });
    log.agent(200, lan, "available");
    takes(log, b, lan, { offered: 200, closed: 900 });
    log.step(600, "interaction.unparked", own, { userId: lan });
    log.step(700, "interaction.closed", a, { disposition: "Xong", actorId: lan });
  });
  const parks = { [idOf(base, a)]: [{ from: start + 200_000, to: start + 600_000 }] };
  const day = { ...base, parks };

  test("frees its place, comes back to who has it, and takes as long as it took", () => {
    const [was, is] = [recordedSide(day, definition), run(day)];
    expect(cameOut(is)).toEqual({ answered: 2, waited: 50, abandoned: 0, inVain: 0 });
    expect(cameOut(is)).toEqual(cameOut(was));
    expect(is.total.sums.talkMs).toBe(was.total.sums.talkMs);
    expect(is.total.sums.busyMs).toBe(800_000);
    expect(run({ ...base, parks: {} }).total.sums.waitMs).toBe(150_000);
  });

  test("goes back to the queue where its agent is gone, and what is left of it is done by another", () => {
    const gone = day.stretches.flatMap((s) => {
      if (s.userId !== lan || s.from >= start + 300_000) return s.userId === lan ? [] : [s];
      return [{ ...s, until: Math.min(s.until ?? Infinity, start + 300_000) }];
    });
    const queues = day.queues.map((q) => ({ ...q, memberIds: [lan, minh] }));
    // Minh comes too late for the other one.
    const late = gone.map((s) => (s.userId === minh ? { ...s, from: start + 300_000 } : s));
    const { total, agents } = run({ ...day, stretches: late, queues });
    expect(total.sums).toMatchObject({ requeued: 1, answered: 3, handled: 3, talkMs: 900_000 });
    expect(agents.find((row) => row.key === minh)?.sums.talkMs).toBe(100_000);
  });
});

test("who declined work declines it again, nobody else does, and asks are made anew after a while", () => {
  const day = recorded((log) => {
    log.step(100, "interaction.opened", a, { reasons: ["customer_wrote"] });
    log.step(100, "interaction.offered", a, { userId: lan });
    log.step(108, "interaction.declined", a, { userId: lan, actorId: lan });
    takes(log, a, lan, { offered: 123, closed: 500 });
  });
  expect(run(day).total.sums).toMatchObject({ offersDeclined: 1, answered: 1, waitMs: 23_000 });
  const queues = [{ queueId: care, memberIds: [minh] }];
  expect(run(day, { queues }).total.sums).toMatchObject({ offersDeclined: 0, answered: 1, waitMs: 0 });
});
