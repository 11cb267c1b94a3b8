import fc from "fast-check";
import { expect, test } from "vitest";
import {
  LevelRule,
  ReportDefinition,
  ReportGroup,
  ReportSegment,
  ReportStretch,
  SegmentMeasure,
  SegmentTime,
} from "../../contract/reports.ts";
import { reportDay, reportId } from "../../testing/report-day.ts";
import { emptyCarry, foldReport, type ReportCarry } from "./fold.ts";
import { segmentMeasures } from "./measures.ts";
import { countOf, type ReportQuestion, reportNumbers, sharesOf } from "./numbers.ts";
import { type ReportEntry, type ReportEvent, readReportEvent } from "./read.ts";

const start = Date.UTC(2026, 10, 21, 17);
const agents = [11, 12, 13].map(reportId);
const queues = [1, 2].map(reportId);

/** Acts of interactions of a few customers, legal or not: the fold must bear both. */
const act = fc.record({
  what: fc.constantFrom(
    "opened",
    "started",
    "offered",
    "accepted",
    "declined",
    "missed",
    "requeued",
    "transferred",
    "parked",
    "unparked",
    "ended",
    "resumed",
    "closed",
    "reply",
    "agent",
  ),
  who: fc.constantFrom(...agents),
  work: fc.integer({ min: 0, max: 7 }),
  queue: fc.constantFrom(...queues),
  later: fc.integer({ min: 0, max: 5_000 }),
  load: fc.integer({ min: 0, max: 2 }),
  state: fc.constantFrom("available", "away", "offline", "busy"),
  said: fc.boolean(),
});

const journal = fc.array(act, { maxLength: 120 }).map((acts) => {
  const day = reportDay(start);
  let second = 0;
  for (const a of acts) {
    second += a.later;
    const work = {
      interactionId: reportId(100 + a.work),
      customerId: reportId(200 + (a.work % 3)),
      queueId: a.queue,
      ownerId: a.what === "started" ? a.who : null,
    };
    if (a.what === "agent") day.agent(second, a.who, a.state, { load: a.load });
    else if (a.what === "reply") day.reply(second, work, a.who);
    else if (a.what === "started")
      day.step(second, "interaction.opened", work, { reasons: ["started_by_agent"], actorId: a.who });
    else
      day.step(second, `interaction.${a.what}`, work, {
        userId: a.who,
        reasons: a.said ? ["unresolved"] : [],
        ...(a.said ? { disposition: "Xong" } : {}),
      });
  }
  return day.entries;
});

const read = (entries: readonly ReportEntry[]): ReportEvent[] =>
  entries.flatMap((e) => readReportEvent(e) ?? []);

class Facts {
  readonly segments = new Map<number, ReportSegment>();
  readonly stretches = new Map<number, ReportStretch>();
  add(changes: ReturnType<typeof foldReport>) {
    for (const [id, s] of changes.segments) this.segments.set(id, s);
    for (const [id, s] of changes.stretches) this.stretches.set(id, s);
  }
}

function folded(events: readonly ReportEvent[]): Facts {
  const facts = new Facts();
  facts.add(foldReport(emptyCarry(), events));
  return facts;
}

/** As a store gives it back. */
const stored = (carry: ReportCarry): ReportCarry => {
  const copy = <T>(map: Map<string, T>): Map<string, T> => new Map(JSON.parse(JSON.stringify([...map])));
  return { open: copy(carry.open), closed: copy(carry.closed), stretches: copy(carry.stretches) };
};

const sorted = (facts: Facts) => ({
  segments: [...facts.segments.values()].toSorted((a, b) => a.id - b.id),
  stretches: [...facts.stretches.values()].toSorted((a, b) => a.id - b.id),
});

test("in pieces it gives the same as at once", () => {
  fc.assert(
    fc.property(journal, fc.array(fc.nat(120), { maxLength: 6 }), (entries, cuts) => {
      const events = read(entries);
      const facts = new Facts();
      let carry = emptyCarry();
      const places = [0, ...cuts.map((c) => Math.min(c, events.length)), events.length].toSorted(
        (a, b) => a - b,
      );
      for (const [i, from] of places.entries()) {
        facts.add(foldReport(carry, events.slice(from, places[i + 1])));
        carry = stored(carry);
        if (i === places.length - 2) break;
      }
      expect(sorted(facts)).toEqual(sorted(folded(events)));
    }),
  );
});

test("rows of different customers and agents may change places", () => {
  const subject = (e: ReportEvent): string => {
    if (e.kind === "agent") return e.userId;
    // Of a reply only the interaction is known: its customer is a matter of the number.
    return String((Number(e.interactionId.slice(-3)) % 100) % 3);
  };
  fc.assert(
    fc.property(journal, fc.infiniteStream(fc.nat()), (entries, dice) => {
      const events = read(entries);
      const lines = [...Map.groupBy(events, subject).values()].map((line) => [...line]);
      const mixed: ReportEvent[] = [];
      while (lines.length > 0) {
        const i = (dice.next().value ?? 0) % lines.length;
        const first = lines[i]?.shift();
        if (first) mixed.push(first);
        if (lines[i]?.length === 0) lines.splice(i, 1);
      }
      expect(sorted(folded(mixed))).toEqual(sorted(folded(events)));
    }),
  );
});

test("facts fit the contract, and nobody talks twice at a time", () => {
  fc.assert(
    fc.property(journal, (entries) => {
      const facts = folded(read(entries));
      for (const s of facts.segments.values()) {
        expect(ReportSegment.parse(s)).toEqual(s);
        if (s.endedAt !== null && s.acceptedAt !== null)
          expect(s.talkMs + s.parkedMs + s.wrapUpMs).toBe(s.endedAt - s.acceptedAt);
        expect(s.outcome === null).toBe(s.endedAt === null);
        if (s.outcome !== null) expect(s.running).toBeNull();
      }
      for (const userId of agents) {
        const own = [...facts.stretches.values()].filter((s) => s.userId === userId);
        for (const [i, s] of own.entries()) {
          expect(ReportStretch.parse(s)).toEqual(s);
          expect(s.until ?? Infinity).toBeLessThanOrEqual(own[i + 1]?.from ?? Infinity);
        }
      }
    }),
  );
});

test("time in which work was parked is not handling time, and where it comes back to the queue a new wait begins", () => {
  const [lan = "", minh = ""] = agents;
  const work = { interactionId: reportId(101), queueId: reportId(1) };
  const day = reportDay(start);
  day.step(0, "interaction.opened", work);
  day.step(10, "interaction.accepted", { ...work, ownerId: lan }, { userId: lan });
  day.step(70, "interaction.parked", { ...work, ownerId: lan }, { actorId: lan });
  // The return is moved.
  day.step(100, "interaction.parked", { ...work, ownerId: lan }, { actorId: lan });
  day.step(1_270, "interaction.unparked", { ...work, ownerId: lan }, { userId: lan });
  day.step(1_300, "interaction.parked", { ...work, ownerId: lan }, { actorId: lan });
  day.step(1_900, "interaction.requeued", work, { userId: lan, reasons: [{ code: "park_over" }] });
  day.step(1_905, "interaction.accepted", { ...work, ownerId: minh }, { userId: minh });
  day.step(1_965, "interaction.closed", work, { disposition: "Xong" });
  const { segments } = sorted(folded(read(day.entries)));
  expect(segments).toMatchObject([
    { agentId: lan, talkMs: 90_000, parkedMs: 1_800_000, wrapUpMs: 0, outcome: "requeued" },
    { agentId: minh, arrivedAt: start + 1_900_000, talkMs: 60_000, parkedMs: 0, outcome: "closed" },
  ]);
});

const question = fc.record({
  level: fc.constantFrom(...LevelRule.options),
  answer: fc.constantFrom("accepted" as const, "replied" as const),
  targetSeconds: fc.integer({ min: 1, max: 10_000 }),
  shortAbandonSeconds: fc.integer({ min: 0, max: 3_000 }),
});

test("groups add up to the total, whatever they are; every number has its rows", () => {
  fc.assert(
    fc.property(journal, question, (entries, definition) => {
      const facts = sorted(folded(read(entries)));
      const ask = (groupBy: ReportGroup): ReportQuestion => ({
        definition: ReportDefinition.parse(definition),
        at: start + 30 * 86_400_000,
        from: start,
        to: start + 5 * 86_400_000,
        timeZone: "Asia/Ho_Chi_Minh",
        groupBy,
        filter: {},
      });
      const totalBy = new Map(ReportGroup.options.map((by) => [by, reportNumbers(facts, ask(by)).total]));
      const totals = [...totalBy.values()];
      const [first] = totals;
      const ofWork = [...SegmentMeasure.options, ...SegmentTime.options];
      for (const total of totals)
        for (const name of ofWork) expect([name, total[name]]).toEqual([name, first?.[name]]);
      for (const by of ["agent", "team", "hour"] as const) {
        expect(totalBy.get(by)?.busyMs).toBe(totalBy.get("day")?.busyMs);
        expect(totalBy.get(by)?.signedOnMs).toBe(totalBy.get("day")?.signedOnMs);
      }

      const byAgent = ask("agent");
      for (const { key, sums } of reportNumbers(facts, byAgent).rows)
        for (const measure of SegmentMeasure.options) {
          const behind = facts.segments
            .flatMap((s) => sharesOf(s, byAgent))
            .filter((part) => part.key === key)
            .reduce((sum, part) => sum + countOf(part, measure, byAgent), 0);
          expect(behind).toBe(sums[measure]);
        }
    }),
    { numRuns: 60 },
  );
});

test("who waited is answered, gave up, waits or was moved on, and in one way only", () => {
  fc.assert(
    fc.property(journal, question, (entries, definition) => {
      const reading = { definition: ReportDefinition.parse(definition), at: start + 86_400_000 };
      for (const s of folded(read(entries)).segments.values()) {
        const ends = (["answered", "abandoned", "waiting", "movedOn", "started"] as const).map((m) =>
          segmentMeasures[m](s, reading),
        );
        expect(ends.reduce((a, b) => a + b)).toBe(1);
      }
    }),
  );
});
