import { beforeEach, describe, expect, test } from "vitest";
import {
  type LevelRule,
  ReportDefinition,
  type ReportGroup,
  type ReportSums,
} from "../../contract/reports.ts";
import { reportDay, reportId } from "../../testing/report-day.ts";
import { addDays, startOfDate } from "./calendar.ts";
import { emptyCarry, foldReport } from "./fold.ts";
import { type ReportQuestion, ratesOf, reportNumbers } from "./numbers.ts";
import { readReportEvent } from "./read.ts";

const zone = "Asia/Ho_Chi_Minh";
const midnight = startOfDate("2026-11-22", zone);
const nine = 9 * 3_600;
const [care, repair] = [reportId(1), reportId(2)] as const;
const [lan, minh] = [reportId(11), reportId(12)] as const;
const job = (n: number, o: object = {}) => ({ interactionId: reportId(100 + n), queueId: care, ...o });

let day: ReturnType<typeof reportDay>;
beforeEach(() => {
  day = reportDay(midnight);
});

function facts() {
  const changes = foldReport(
    emptyCarry(),
    day.entries.flatMap((entry) => readReportEvent(entry) ?? []),
  );
  return { segments: [...changes.segments.values()], stretches: [...changes.stretches.values()] };
}

function ask(o: {
  definition?: Partial<ReportDefinition>;
  groupBy?: ReportGroup;
  filter?: ReportQuestion["filter"];
  at?: number;
  days?: number;
}) {
  return reportNumbers(facts(), {
    definition: ReportDefinition.parse({ targetSeconds: 60, shortAbandonSeconds: 10, ...o.definition }),
    at: midnight + (o.at ?? 86_400) * 1_000,
    from: midnight,
    to: startOfDate(addDays("2026-11-22", o.days ?? 1), zone),
    timeZone: zone,
    groupBy: o.groupBy ?? "queue",
    filter: o.filter ?? {},
  });
}

/** Ends at once, with what was said of it. */
function serve(
  n: number,
  o: { at: number; wait: number; by?: string; talk?: number; wrapUp?: number; replyAfter?: number },
) {
  const work = job(n);
  const by = o.by ?? lan;
  const taken = o.at + o.wait;
  const over = taken + (o.talk ?? 100);
  day.step(o.at, "interaction.opened", work, { reasons: ["customer_wrote"] });
  day.step(o.at, "interaction.offered", work, { userId: by });
  day.step(taken, "interaction.accepted", { ...work, ownerId: by }, { userId: by, actorId: by });
  if (o.replyAfter !== undefined) day.reply(taken + o.replyAfter, work, by);
  day.step(over, "interaction.ended", { ...work, ownerId: by }, { actorId: by });
  day.step(over + (o.wrapUp ?? 20), "interaction.closed", work, { disposition: "Xong", actorId: by });
}

const giveUp = (n: number, at: number, after: number) => {
  day.step(at, "interaction.opened", job(n));
  day.step(at + after, "interaction.closed", job(n), { disposition: "Thôi" });
};

describe("service level", () => {
  // In time 3 (10, 30, 60 s), late 1 (61 s); gave up after 5, 40 and 100 s; waits for 30 s and for 200 s.
  beforeEach(() => {
    serve(1, { at: nine, wait: 10 });
    serve(2, { at: nine, wait: 30 });
    serve(3, { at: nine, wait: 60 });
    serve(4, { at: nine, wait: 61 });
    giveUp(5, nine, 5);
    giveUp(6, nine, 40);
    giveUp(7, nine, 100);
    day.step(nine + 970, "interaction.opened", job(8));
    day.step(nine + 800, "interaction.opened", job(9));
  });

  test.each<[LevelRule, number, number]>([
    // Of 10 offered all but the one that has waited 30 s, where nothing is decided yet.
    ["of_offered", 3, 8],
    ["without_short_abandons", 3, 7],
    ["of_answered", 3, 4],
    ["late_abandons", 3, 5],
    ["abandons_met", 5, 8],
  ])("%s: %d of %d", (level, met, of) => {
    const { total } = ask({ definition: { level }, at: nine + 1_000 });
    expect([total.levelMet, total.levelOf]).toEqual([met, of]);
    expect(ratesOf(total).serviceLevel).toBeCloseTo(met / of);
  });

  test("beside it what it is made of", () => {
    const { total } = ask({ at: nine + 1_000 });
    expect(total).toMatchObject({
      offered: 9,
      answered: 4,
      answeredInTime: 3,
      abandoned: 3,
      shortAbandoned: 1,
      waiting: 2,
      waitMs: 161_000,
      abandonWaitMs: 145_000,
    });
    expect(ratesOf(total)).toMatchObject({ asaMs: 40_250, abandonment: 2 / 8 });
  });
});

test("the answer may be the first message to the customer instead of the taking", () => {
  serve(1, { at: nine, wait: 10, replyAfter: 45 });
  serve(2, { at: nine, wait: 10, replyAfter: 55 });
  serve(3, { at: nine, wait: 10 });
  const { total } = ask({ definition: { answer: "replied" } });
  // The third was taken and closed without a word: nobody answered.
  expect(total).toMatchObject({ answered: 2, answeredInTime: 1, waitMs: 120_000, abandoned: 1 });
  expect(total.abandonWaitMs).toBe(130_000);
  expect(ask({}).total).toMatchObject({ answered: 3, abandoned: 0 });
});

test("a talk that is taken over counts for whoever had it and for whoever has it, each their part", () => {
  const work = job(1);
  day.step(nine, "interaction.opened", work);
  day.step(nine + 40, "interaction.accepted", { ...work, ownerId: lan }, { userId: lan, actorId: lan });
  day.step(nine + 100, "interaction.accepted", { ...work, ownerId: minh }, { userId: minh, actorId: minh });
  day.step(nine + 130, "interaction.ended", { ...work, ownerId: minh });
  day.step(nine + 135, "interaction.closed", work, { disposition: "Xong", actorId: minh });
  const { rows, total } = ask({ groupBy: "agent" });
  expect(rows.map((r) => r.key)).toEqual([lan, minh]);
  expect(rows[0]?.sums).toMatchObject({ waitMs: 40_000, talkMs: 60_000, handled: 1, transfers: 1 });
  expect(rows[1]?.sums).toMatchObject({ waitMs: 0, talkMs: 30_000, wrapUpMs: 5_000, handled: 1 });
  expect(total).toMatchObject({ interactions: 1, segments: 2, firstContactsResolved: 0 });
});

describe("a day with a transfer, a miss, a refusal and an agent who is lost", () => {
  beforeEach(() => {
    const first = job(1);
    // 09:00:00 arrives; Minh misses it at :30; Lan takes it at :40, answers at :50, hands it to repair at 09:05:00.
    day.step(nine, "interaction.opened", first);
    day.step(nine, "interaction.offered", first, { userId: minh });
    day.step(nine + 30, "interaction.missed", first, { userId: minh });
    day.step(nine + 30, "interaction.offered", first, { userId: lan });
    day.step(nine + 40, "interaction.accepted", { ...first, ownerId: lan }, { userId: lan, actorId: lan });
    day.reply(nine + 50, first, lan);
    day.reply(nine + 90, first, lan);
    const second = { ...first, queueId: repair };
    day.step(nine + 300, "interaction.transferred", second, { actorId: lan });
    // Lan refuses, Minh takes it at 10:00:20, is lost at 10:01:00, has it again at 10:01:10; ends, goes on, ends, closes.
    day.step(nine + 3_600, "interaction.offered", second, { userId: lan });
    day.step(nine + 3_605, "interaction.declined", second, { userId: lan });
    day.step(nine + 3_620, "interaction.accepted", { ...second, ownerId: minh }, { userId: minh });
    day.step(nine + 3_660, "interaction.requeued", second, {
      userId: minh,
      reasons: [{ code: "agent_lost" }],
    });
    day.step(nine + 3_665, "interaction.offered", second, { userId: lan });
    day.step(nine + 3_668, "interaction.requeued", second, { userId: lan, reasons: ["withdrawn"] });
    day.step(nine + 3_670, "interaction.accepted", { ...second, ownerId: minh }, { userId: minh });
    day.step(nine + 3_700, "interaction.ended", { ...second, ownerId: minh });
    day.step(nine + 3_710, "interaction.resumed", { ...second, ownerId: minh });
    day.step(nine + 3_750, "interaction.ended", { ...second, ownerId: minh });
    day.step(nine + 3_755, "interaction.closed", second, { disposition: "Hẹn lại", reasons: ["unresolved"] });
  });

  test("by queue: three stays of one piece of work", () => {
    const { rows, total } = ask({});
    expect(rows.map((r) => r.key)).toEqual([care, repair]);
    expect(rows[0]?.sums).toMatchObject({
      segments: 1,
      interactions: 1,
      answered: 1,
      answeredInTime: 1,
      waitMs: 40_000,
      talkMs: 260_000,
      transfers: 1,
      offersMade: 2,
      offersMissed: 1,
      offersAccepted: 1,
    });
    // Waited 55 min 20 s after the transfer, then 10 s more after Minh was lost.
    expect(rows[1]?.sums).toMatchObject({
      segments: 2,
      interactions: 0,
      answered: 2,
      answeredInTime: 1,
      waitMs: 3_330_000,
      talkMs: 40_000 + 30_000 + 40_000,
      wrapUpMs: 10_000 + 5_000,
      requeued: 1,
      handled: 2,
      offersMade: 2,
      offersDeclined: 1,
      firstContacts: 1,
      firstContactsResolved: 0,
    });
    expect(ratesOf(total)).toMatchObject({ ahtMs: (260_000 + 110_000 + 15_000) / 3, transferRate: 1 / 3 });
  });

  test("every stay knows when the whole came in", () => {
    const came = midnight + nine * 1_000;
    expect(facts().segments.map((s) => [s.part, s.openedAt, s.openedBy])).toEqual([
      [0, came, "customer"],
      [1, came, "customer"],
      [2, came, "customer"],
    ]);
  });

  test("by agent: offers are of whom they were made to, the work of who took it", () => {
    const { rows, total } = ask({ groupBy: "agent" });
    expect(rows.map((r) => r.key)).toEqual([lan, minh]);
    expect(rows[0]?.sums).toMatchObject({ segments: 1, offersMade: 3, offersDeclined: 1, offersMissed: 0 });
    expect(rows[1]?.sums).toMatchObject({ segments: 2, offersMade: 1, offersMissed: 1, handled: 2 });
    const one = ask({ groupBy: "queue", filter: { agentId: minh } });
    expect(one.total).toMatchObject({ segments: 2, offersMissed: 1, offersMade: 1 });
    expect(total.offersMade).toBe(4);
  });

  test("by hour of arrival, where the contact centre is", () => {
    const { rows } = ask({ groupBy: "hour" });
    expect(rows.map((r) => [r.key, r.sums.segments])).toEqual([
      ["09", 2],
      ["10", 1],
    ]);
  });
});

describe("first contact resolution", () => {
  const visit = (n: number, at: number, o: { reasons?: string[]; disposition?: string } = {}) => {
    const work = job(n, { customerId: reportId(500) });
    day.step(at, "interaction.opened", work);
    day.step(at + 5, "interaction.accepted", { ...work, ownerId: lan }, { userId: lan });
    day.step(at + 60, "interaction.closed", work, { disposition: "Xong", ...o });
  };
  const days = 86_400;

  test("counts who does not come back within the days, and not who has just been there", () => {
    visit(1, 0);
    visit(2, 3 * days);
    visit(3, 20 * days);
    const { total } = ask({ days: 30, at: 40 * days });
    expect(total).toMatchObject({ firstContacts: 2, firstContactsResolved: 1 });
    const patient = ask({ days: 30, at: 40 * days, definition: { repeatDays: 2 } });
    expect(patient.total).toMatchObject({ firstContacts: 3, firstContactsResolved: 3 });
  });

  test("leaves out what nobody said anything of", () => {
    const work = job(1);
    day.step(0, "interaction.opened", work);
    day.step(5, "interaction.accepted", { ...work, ownerId: lan }, { userId: lan });
    day.step(60, "interaction.ended", { ...work, ownerId: lan });
    day.step(120, "interaction.closed", work, { reasons: ["wrap_up_over"] });
    expect(ask({}).total).toMatchObject({ firstContacts: 0, handled: 1, talkMs: 55_000, wrapUpMs: 60_000 });
  });
});

test("an agent's time in states, cut at hours, at the day's end and at now; who is gone is not there", () => {
  day.agent(-3_600, lan, "available");
  day.agent(600, lan, "available", { load: 1 });
  day.agent(700, lan, "available", { load: 2 });
  day.agent(4_200, lan, "away", { reason: "lunch" });
  day.agent(5_000, lan, "away", { reason: "lost" });
  day.agent(6_000, lan, "offline");
  day.agent(86_000, minh, "available");
  const { rows, total } = ask({ groupBy: "agent", at: 90_000 });
  expect(rows[0]).toMatchObject({
    key: lan,
    sums: {
      signedOnMs: 5_000_000,
      availableMs: 4_200_000,
      idleMs: 600_000,
      busyMs: 3_600_000,
      awayMs: 800_000,
    },
  });
  expect(rows[1]?.sums.signedOnMs).toBe(400_000);
  expect(ratesOf(total).occupancy).toBeCloseTo(3_600 / (3_600 + 600 + 400));
  const hours = ask({ groupBy: "hour", at: 90_000 }).rows.map((r) => [r.key, r.sums.busyMs / 1_000]);
  expect(hours).toEqual([
    ["00", 3_000],
    ["01", 600],
    ["23", 0],
  ]);
  const none: ReportSums = ask({ groupBy: "queue" }).total;
  expect([none.signedOnMs, none.busyMs]).toEqual([0, 0]);
});

test("what an agent began is nobody's wait", () => {
  const work = { ...job(1), ownerId: lan };
  day.step(nine, "interaction.opened", work, { reasons: ["started_by_agent"], actorId: lan });
  day.reply(nine, work, lan);
  day.step(nine + 30, "interaction.closed", work, { disposition: "Xong" });
  expect(ask({}).total).toMatchObject({
    started: 1,
    offered: 0,
    answered: 0,
    levelOf: 0,
    handled: 1,
    talkMs: 30_000,
  });
});
