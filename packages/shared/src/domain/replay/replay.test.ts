import { describe, expect, test } from "vitest";
import { type ReplayChanges, ReplayQuestion, type ReplaySide } from "../../contract/replay.ts";
import { ReportDefinition } from "../../contract/reports.ts";
import { defaultCapacity, defaultQueueRules } from "../../contract/routing.ts";
import { noWaitRules } from "../../contract/wait-rules.ts";
import { generatedDay } from "../../testing/generated-day.ts";
import { reportId } from "../../testing/report-day.ts";
import { emptyCarry, foldReport, ratesOf, readReportEvent } from "../report.ts";
import { recordedSide } from "./figures.ts";
import { replayNotes } from "./notes.ts";
import { patienceOf } from "./patience.ts";
import type { RecordedDay } from "./recorded-day.ts";
import { replayDay } from "./replay-day.ts";

const HOUR = 3_600_000;
const start = Date.parse("2026-11-20T00:00:00+07:00");
const care = reportId(1);
const warranty = reportId(2);
const agents = Array.from({ length: 9 }, (_, n) => ({
  userId: reportId(10 + n),
  queueIds: n % 3 === 0 ? [care, warranty] : n % 3 === 1 ? [care] : [warranty],
}));
const definition = ReportDefinition.parse({});

/** A busy day: some wait, some give up. */
function recorded(seed: number, o: { chats?: number; busy?: number } = {}): RecordedDay {
  const room = o.chats ?? 2;
  const busy = o.busy ?? 1;
  const entries = generatedDay({
    start,
    seed,
    queues: [
      { queueId: care, perHour: 52 * busy, handle: 480, patience: 500 },
      { queueId: warranty, perHour: 36 * busy, handle: 660, patience: 700 },
    ],
    agents,
    room,
    fromHour: 8,
    toHour: 18,
    id: (n) => reportId(1_000 + n),
  });
  const { segments, stretches } = foldReport(
    emptyCarry(),
    entries.flatMap((e) => readReportEvent(e) ?? []),
  );
  const all = [...segments.values()];
  const known = { kind: "chat", tags: [], lastAgentId: null, customerOwnerId: null, windowMs: null } as const;
  return {
    day: "2026-11-20",
    timeZone: "Asia/Ho_Chi_Minh",
    from: start,
    to: start + 24 * HOUR,
    at: start + 48 * HOUR,
    segments: all,
    stretches: [...stretches.values()],
    work: Object.fromEntries(all.map((s) => [s.interactionId, known])),
    handedTo: {},
    waitsEnded: {},
    parks: {},
    queues: [care, warranty].map((queueId) => ({
      queueId,
      memberIds: agents.filter((a) => a.queueIds.includes(queueId)).map((a) => a.userId),
      offerSeconds: 30,
      rules: defaultQueueRules,
      waiting: noWaitRules,
      hours: null,
      outOfHours: "hold",
    })),
    agents: agents.map(({ userId }) => ({ userId, skills: {}, limits: { call: 1, chat: room, mail: 5 } })),
    capacity: defaultCapacity,
    rulesChanged: 0,
    asNow: 0,
  };
}

const changes = (o: Partial<ReplayChanges> = {}): ReplayChanges => ({
  ...ReplayQuestion.parse({ day: "2026-11-20" }).changes,
  ...o,
});
const run = (day: RecordedDay, o: Partial<ReplayChanges> = {}, seed = 1): ReplaySide =>
  replayDay(day, { changes: changes(o), definition, seed });
const rates = ({ total }: ReplaySide) => ratesOf(total.sums);
const abandoned = ({ total }: ReplaySide): number => total.sums.abandoned / total.sums.offered;

describe("a recorded day, run again as it was", () => {
  test.each([1, 2, 3, 4, 5, 6])("comes near the recorded one: day %i", (seed) => {
    const day = recorded(seed);
    const [was, is] = [recordedSide(day, definition), run(day)];
    expect(was.total.sums.offered).toBeGreaterThan(700);
    expect(is.total.sums.offered).toBe(was.total.sums.offered);
    const [a, b] = [rates(was), rates(is)];
    // Docs say how near: change both together.
    expect(Math.abs((a.serviceLevel ?? 0) - (b.serviceLevel ?? 0))).toBeLessThan(0.01);
    expect(Math.abs((a.asaMs ?? 0) - (b.asaMs ?? 0))).toBeLessThan(3_000);
    expect(Math.abs(abandoned(was) - abandoned(is))).toBeLessThan(0.01);
    expect(Math.abs((a.occupancy ?? 0) - (b.occupancy ?? 0))).toBeLessThan(0.01);
    expect(Math.abs((a.ahtMs ?? 0) - (b.ahtMs ?? 0))).toBeLessThan(5_000);
  });

  test("a day without lack of agents comes out the same to the second", () => {
    const day = recorded(9, { busy: 0.3 });
    const [was, is] = [recordedSide(day, definition), run(day)];
    expect(was.total.sums.abandoned).toBe(0);
    expect(rates(is)).toMatchObject({
      serviceLevel: rates(was).serviceLevel,
      asaMs: rates(was).asaMs,
      ahtMs: rates(was).ahtMs,
    });
    expect(is.total.longestWaitMs).toBe(was.total.longestWaitMs);
  });

  test("twice gives the same, with whatever changes; another seed may give another", () => {
    const day = recorded(1);
    const o: Partial<ReplayChanges> = {
      arrivalsPercent: 20,
      staff: [{ queueId: care, fromHour: 9, toHour: 12, count: -1 }],
    };
    expect(run(day, o)).toEqual(run(day, o));
    expect(run(day, o, 2)).not.toEqual(run(day, o));
  });

  test("says how far it is, and never more than all", () => {
    const parts: number[] = [];
    replayDay(recorded(1), { changes: changes(), definition, seed: 1, progress: (part) => parts.push(part) });
    expect(parts.length).toBeGreaterThan(3);
    expect(parts).toEqual(parts.toSorted((a, b) => a - b));
    expect(parts.at(-1)).toBeLessThanOrEqual(1);
  });
});

describe("with changes", () => {
  const day = recorded(3);
  const same = run(day);

  test("more agents wait less and carry less, fewer the other way", () => {
    const more = run(day, { staff: [{ queueId: care, fromHour: 8, toHour: 18, count: 2 }] });
    const fewer = run(day, { staff: [{ queueId: care, fromHour: 8, toHour: 18, count: -2 }] });
    expect(rates(more).serviceLevel).toBeGreaterThan(rates(same).serviceLevel ?? 1);
    expect(rates(fewer).serviceLevel).toBeLessThan(rates(same).serviceLevel ?? 0);
    expect(rates(more).occupancy).toBeLessThan(rates(same).occupancy ?? 0);
    expect(more.agents.map((a) => a.key)).toContain("added-1-1");
    expect(more.queues.find((q) => q.key === care)?.p90WaitMs).toBeLessThan(
      same.queues.find((q) => q.key === care)?.p90WaitMs ?? 0,
    );
  });

  test("agents of some hours change those hours", () => {
    const noon = run(day, { staff: [{ queueId: care, fromHour: 12, toHour: 14, count: 3 }] });
    const level = (side: ReplaySide, hour: string) =>
      ratesOf(side.hours.find((h) => h.key === hour)?.sums ?? same.total.sums).serviceLevel;
    expect(level(noon, "09")).toBe(level(same, "09"));
    expect(noon.total.sums.levelMet).toBeGreaterThan(same.total.sums.levelMet);
  });

  test("more work, and longer work, make it worse; a part of either is part of more of it", () => {
    const more = run(day, { arrivalsPercent: 30 });
    expect(more.total.sums.offered / same.total.sums.offered).toBeCloseTo(1.3, 1);
    expect(rates(more).serviceLevel).toBeLessThan(rates(same).serviceLevel ?? 0);
    const less = run(day, { arrivalsPercent: -30 });
    expect(less.total.sums.offered / same.total.sums.offered).toBeCloseTo(0.7, 1);
    const longer = run(day, { handlePercent: 20 });
    expect(rates(longer).ahtMs).toBeGreaterThan((rates(same).ahtMs ?? 0) * 1.1);
    expect(rates(longer).serviceLevel).toBeLessThan(rates(same).serviceLevel ?? 0);
  });

  test("rules, members and limits are those of the change", () => {
    const apart = run(day, {
      queues: [{ queueId: warranty, memberIds: [agents[2]?.userId ?? ""] }],
    });
    const handled = (side: ReplaySide, n: number) =>
      side.agents.find((a) => a.key === agents[n]?.userId)?.sums.handled ?? 0;
    expect(handled(same, 5)).toBeGreaterThan(0);
    expect(handled(apart, 5)).toBe(0);
    const roomy = run(day, {
      people: agents.map(({ userId }) => ({ userId, limits: { call: 1, chat: 6, mail: 5 } })),
    });
    expect(rates(roomy).asaMs).toBeLessThan(rates(same).asaMs ?? 0);
    const helped = run(day, {
      queues: [
        {
          queueId: care,
          rules: {
            ...defaultQueueRules,
            overflow: [{ queueId: warranty, afterMs: 10_000, longerThan: null }],
          },
        },
      ],
    });
    const careOf = (side: ReplaySide) => side.queues.find((q) => q.key === care)?.sums;
    expect(careOf(helped)?.levelMet).toBeGreaterThan(careOf(same)?.levelMet ?? 0);
  });

  test("an offer that stands shorter than it took them is missed", () => {
    const hasty = run(day, { queues: [{ queueId: care, offerSeconds: 5 }] });
    expect(same.total.sums.offersMissed).toBe(0);
    expect(hasty.total.sums.offersMissed).toBeGreaterThan(50);
  });

  test("nobody's work is lost: what came is answered, given up or waits", () => {
    for (const o of [{}, { arrivalsPercent: 50 }, { handlePercent: 100 }] as const) {
      const { sums } = run(day, o).total;
      expect(sums.answered + sums.abandoned + sums.waiting + sums.movedOn).toBe(sums.offered);
    }
  });
});

describe("what is not known", () => {
  test("patience is estimated from those who gave up and those who did not", () => {
    const patience = patienceOf([
      { ms: 10, gaveUp: true },
      { ms: 20, gaveUp: false },
      { ms: 30, gaveUp: true },
      { ms: 40, gaveUp: false },
    ]);
    // Of four one goes at 10; of the two who are left at 30, one.
    expect(patience(0, 0.9)).toBe(10);
    expect(patience(0, 0.7)).toBe(30);
    expect(patience(0, 0.3)).toBeNull();
    expect(patience(20, 0.6)).toBe(30);
    expect(patience(20, 0.4)).toBeNull();
  });

  test("is told beside the numbers", () => {
    const day = recorded(1);
    const pulled = {
      ...day,
      queues: day.queues.map((q) => ({ ...q, rules: { ...q.rules, mode: "pull" } as const })),
    };
    const codes = replayNotes({ ...pulled, asNow: 2 });
    expect(codes).toContainEqual({ code: "picked", count: 2 });
    expect(codes).toContainEqual({ code: "as_now", count: 2 });
    expect(codes.find((n) => n.code === "patience")?.count).toBeGreaterThan(500);
  });
});
