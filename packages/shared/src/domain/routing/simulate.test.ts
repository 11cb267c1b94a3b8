import { describe, expect, test } from "vitest";
import { type Demand, erlangA, erlangC } from "../../testing/erlang.ts";
import { plainChat, plainQueue, plainRules } from "../../testing/routing-floor.ts";
import { seededRandom } from "../../testing/seeded-random.ts";
import type { QueueRule, Rules } from "./rules.ts";
import { type Arrival, type Outcome, type Shift, simulate } from "./simulate.ts";

const SEEDS = 12;
const rules = plainRules();

/** Poisson arrivals, exponential service and patience. Seconds in, milliseconds out. */
function day(o: Demand & { patience?: number; count: number; seed: number }): Arrival[] {
  const random = seededRandom(o.seed);
  const exponential = (mean: number): number => -mean * Math.log(1 - random()) * 1_000;
  let at = 0;
  return Array.from({ length: o.count }, (_, n) => {
    at += exponential(1 / o.rate);
    return {
      item: {
        ...plainChat,
        interactionId: String(n).padStart(8, "0"),
        channel: "voice",
        kind: "call",
        waitingSince: at,
      },
      handleMs: exponential(o.handle),
      patienceMs: o.patience === undefined ? null : exponential(o.patience),
    };
  });
}

const staff = (agents: number): Shift[] =>
  Array.from({ length: agents }, (_, n) => ({
    userId: `a${String(n).padStart(4, "0")}`,
    queueIds: ["care"],
    skills: {},
    limits: { call: 1, chat: 0, mail: 0 },
    from: 0,
    to: Infinity,
  }));

const mean = (list: readonly number[]): number => list.reduce((sum, x) => sum + x, 0) / list.length;
const waited = (o: Outcome): number => ((o.answeredAt ?? o.abandonedAt ?? Infinity) - o.arrivedAt) / 1_000;

/** Little's law holds exactly, in every run: the line's length over time is what its customers waited. */
function littleHolds(all: readonly Outcome[]): void {
  const moves = all
    .flatMap((o) => [
      { at: o.arrivedAt, by: 1 },
      { at: o.answeredAt ?? o.abandonedAt ?? Number.NaN, by: -1 },
    ])
    .toSorted((a, b) => a.at - b.at || b.by - a.by);
  let [area, length, last, least] = [0, 0, 0, 0];
  for (const { at, by } of moves) {
    area += length * (at - last);
    length += by;
    least = Math.min(least, length);
    last = at;
  }
  expect([length, least]).toEqual([0, 0]);
  expect(area / 1_000 / all.length).toBeCloseTo(mean(all.map(waited)), 6);
}

/** The first fifth of a day fills the empty floor and is left out. */
function figures(o: Demand & { patience?: number; count: number; seed: number }) {
  const all = simulate({ arrivals: day(o), shifts: staff(o.agents), rules });
  littleHolds(all);
  const steady = all.slice(Math.floor(all.length / 5));
  return {
    pWait: mean(steady.map((x) => (waited(x) > 0 ? 1 : 0))),
    wait: mean(steady.map(waited)),
    within20: mean(steady.map((x) => (waited(x) <= 20 ? 1 : 0))),
    pAbandon: mean(steady.map((x) => (x.abandonedAt === null ? 0 : 1))),
  };
}

function within3StandardErrors(samples: readonly number[], truth: number): void {
  const m = mean(samples);
  const variance = samples.reduce((sum, x) => sum + (x - m) ** 2, 0) / (samples.length - 1);
  expect(Math.abs(m - truth)).toBeLessThanOrEqual(3 * Math.sqrt(variance / samples.length));
}

describe("the router against queueing theory", { timeout: 60_000 }, () => {
  test.each([
    { perHour: 360, handle: 300, agents: 36, pWait: 0.2119, wait: 10.59, within20: 0.858 },
    { perHour: 360, handle: 300, agents: 33, pWait: 0.4905, wait: 49.05, within20: 0.598 },
    { perHour: 3000, handle: 300, agents: 265, pWait: 0.2532, wait: 5.06, within20: 0.907 },
    { perHour: 100, handle: 240, agents: 8, pWait: 0.5327, wait: 95.88, within20: 0.523 },
  ])("Erlang C: $perHour an hour, $agents agents", ({ perHour, handle, agents, ...row }) => {
    const demand = { rate: perHour / 3_600, handle, agents };
    const truth = erlangC(demand);
    expect(truth.pWait).toBeCloseTo(row.pWait, 3);
    expect(truth.wait).toBeCloseTo(row.wait, 1);
    expect(truth.within(20)).toBeCloseTo(row.within20, 2);
    const runs = Array.from({ length: SEEDS }, (_, seed) => figures({ ...demand, count: 12_000, seed }));
    within3StandardErrors(
      runs.map((r) => r.pWait),
      truth.pWait,
    );
    within3StandardErrors(
      runs.map((r) => r.within20),
      truth.within(20),
    );
    within3StandardErrors(
      runs.map((r) => r.wait),
      truth.wait,
    );
  });

  test.each([
    { perHour: 360, handle: 300, agents: 30, patience: 120, pAbandon: 0.0888, wait: 10.66 },
    { perHour: 1200, handle: 180, agents: 58, patience: 90, pAbandon: 0.0788, wait: 7.09 },
  ])("Erlang A: $perHour an hour, $agents agents", ({ perHour, handle, agents, patience, ...row }) => {
    const demand = { rate: perHour / 3_600, handle, agents, patience };
    const truth = erlangA(demand);
    expect(truth.pAbandon).toBeCloseTo(row.pAbandon, 3);
    expect(truth.wait).toBeCloseTo(row.wait, 1);
    const runs = Array.from({ length: SEEDS }, (_, seed) => figures({ ...demand, count: 12_000, seed }));
    within3StandardErrors(
      runs.map((r) => r.pAbandon),
      truth.pAbandon,
    );
    within3StandardErrors(
      runs.map((r) => r.wait),
      truth.wait,
    );
    within3StandardErrors(
      runs.map((r) => r.pWait),
      truth.pWait,
    );
  });

  test("Cobham: two classes on one line, the higher first", () => {
    const demand = { rate: 360 / 3_600, handle: 300, agents: 33 };
    // Mean wait of class k: C x handle / n / ((1 - s(k-1))(1 - s(k))), s the occupancy by classes up to k.
    const part = (demand.rate * demand.handle) / demand.agents / 3;
    const once = (erlangC(demand).pWait * demand.handle) / demand.agents;
    const truth = [once / (1 - part), once / ((1 - part) * (1 - 3 * part))];
    const twoClasses = {
      ...rules,
      queues: new Map([
        ["care", { ...plainQueue, priority: { ...plainQueue.priority, perMinute: 0, byTag: { gold: 1 } } }],
      ]),
    };
    const runs = Array.from({ length: SEEDS }, (_, seed) => {
      const random = seededRandom(1_000 + seed);
      const arrivals = day({ ...demand, count: 12_000, seed }).map((a) => ({
        ...a,
        item: { ...a.item, tags: random() < 1 / 3 ? ["gold"] : [] },
      }));
      const out = simulate({ arrivals, shifts: staff(demand.agents), rules: twoClasses });
      const steady = out
        .map((o, n) => ({ o, gold: arrivals[n]?.item.tags.includes("gold") === true }))
        .slice(2_400);
      return [true, false].map((gold) => mean(steady.filter((x) => x.gold === gold).map((x) => waited(x.o))));
    });
    for (const [k, figure] of truth.entries())
      within3StandardErrors(
        runs.map((r) => r[k] ?? Number.NaN),
        figure,
      );
  });

  test("agents with some of the skills do better than separate teams and no better than one team", () => {
    const demand = { rate: 360 / 3_600, handle: 300, agents: 34, count: 12_000, seed: 3 };
    const random = seededRandom(9);
    const arrivals = day(demand).map((a) => ({
      ...a,
      item: { ...a.item, queueId: random() < 0.5 ? "billing" : "repair" },
    }));
    const asking = (skillId: string): [string, QueueRule] => [
      skillId,
      {
        ...plainQueue,
        queueId: skillId,
        rings: [{ afterMs: 0, needs: [{ skillId, level: 1 }], prefers: [] }],
      },
    ];
    const skilled: Rules = { ...rules, queues: new Map([asking("billing"), asking("repair")]) };
    const both = { billing: 1, repair: 1 };
    const wait = (skills: (n: number) => Record<string, number>): number => {
      const shifts = staff(demand.agents).map((s, n) => ({
        ...s,
        queueIds: ["billing", "repair"],
        skills: skills(n),
      }));
      return mean(simulate({ arrivals, shifts, rules: skilled }).map(waited));
    };
    const one = (n: number): Record<string, number> => (n % 2 === 0 ? { billing: 1 } : { repair: 1 });
    const [pooled, mixed, apart] = [wait(() => both), wait((n) => (n % 4 < 2 ? one(n) : both)), wait(one)];
    expect(pooled).toBeLessThanOrEqual(mixed);
    expect(mixed).toBeLessThan(apart);
  });

  test("who is never idle while work waits: an agent takes the next piece in the instant of finishing one", () => {
    const all = simulate({
      arrivals: day({ rate: 0.1, handle: 300, agents: 30, count: 3_000, seed: 2 }),
      shifts: staff(30),
      rules,
    });
    const ends = new Set(all.map((o) => o.endedAt));
    for (const o of all) if (waited(o) > 0) expect(ends).toContain(o.answeredAt);
  });
});
