import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { plainChat, plainRules } from "../../testing/routing-floor.ts";
import { seededRandom } from "../../testing/seeded-random.ts";
import { afterFinished, afterTaken, expectedWait, noPace, type Pace, whileWaiting } from "./expected-wait.ts";
import { type Arrival, type Outcome, simulate } from "./simulate.ts";

const learned: Pace = { taken: 0, agentMs: 0, finished: 10, workMs: 60_000 };

test("who is at place k waits for k pieces of work, shared among the agents", () => {
  expect(expectedWait({ position: 1, agents: 4, room: 0, pace: learned })).toBe(15_000);
  expect(expectedWait({ position: 8, agents: 4, room: 0, pace: learned })).toBe(120_000);
});

test("where there is room nobody waits, and the first of those behind wait for one piece", () => {
  expect(expectedWait({ position: 2, agents: 4, room: 2, pace: learned })).toBe(0);
  expect(expectedWait({ position: 3, agents: 4, room: 2, pace: learned })).toBe(15_000);
});

test("nobody there, or nothing known: no answer", () => {
  expect(expectedWait({ position: 1, agents: 0, room: 0, pace: learned })).toBeNull();
  expect(expectedWait({ position: 1, agents: 3, room: 0, pace: noPace })).toBeNull();
});

test("a line in which nothing moves any more says so: the wait grows while nobody is taken", () => {
  const stalled = whileWaiting(learned, { agents: 4, ms: 3_600_000 });
  expect(expectedWait({ position: 1, agents: 4, room: 0, pace: stalled })).toBeGreaterThan(600_000);
});

test("never nonsense: a whole number from 0 to a day, more for those further behind, less with more agents", () => {
  const pace = fc.record({
    taken: fc.nat(50),
    agentMs: fc.nat(1e12),
    finished: fc.nat(50),
    workMs: fc.nat(1e9),
  });
  const standing = fc.record({ position: fc.nat(20_000), agents: fc.nat(2_000), room: fc.nat(100), pace });
  fc.assert(
    fc.property(standing, (s) => {
      const wait = expectedWait(s);
      if (wait === null) return;
      expect(Number.isInteger(wait) && wait >= 0 && wait <= 86_400_000).toBe(true);
      expect(expectedWait({ ...s, position: s.position + 1 }) ?? wait).toBeGreaterThanOrEqual(wait);
      expect(expectedWait({ ...s, agents: s.agents + 1 })).toBeLessThanOrEqual(wait);
    }),
  );
});

interface Day {
  readonly agents: number;
  /** Chats at once. */
  readonly each: number;
  readonly handleMs: number;
  /** Part of the agents' time that arrivals fill. */
  readonly occupancy: number;
  readonly seed: number;
}

function run(d: Day): Outcome[] {
  const random = seededRandom(d.seed);
  const exponential = (mean: number): number => -mean * Math.log(1 - random());
  const gap = d.handleMs / (d.agents * d.each * d.occupancy);
  let at = 0;
  const arrivals = Array.from({ length: 12_000 }, (_, n): Arrival => {
    at += exponential(gap);
    const item = { ...plainChat, interactionId: String(n).padStart(8, "0"), waitingSince: at };
    return { item, handleMs: exponential(d.handleMs), patienceMs: null };
  });
  const shifts = Array.from({ length: d.agents }, (_, n) => ({
    userId: `a${String(n).padStart(4, "0")}`,
    queueIds: ["care"],
    skills: {},
    limits: { call: 0, chat: d.each, mail: 0 },
    from: 0,
    to: Infinity,
  }));
  return simulate({ arrivals, shifts, rules: plainRules() });
}

/** What everybody who had to wait was told when they came, and how long they then waited. */
function told(d: Day): { said: number; waited: number }[] {
  const outcomes = run(d);
  const steps = outcomes
    .flatMap((o) => [
      { at: o.arrivedAt, kind: "comes", o } as const,
      { at: o.answeredAt ?? Infinity, kind: "taken", o } as const,
      { at: o.endedAt ?? Infinity, kind: "ends", o } as const,
    ])
    .toSorted((a, b) => a.at - b.at || order.indexOf(a.kind) - order.indexOf(b.kind));
  const results: { said: number; waited: number }[] = [];
  let [pace, waiting, busy, last] = [noPace, 0, 0, 0];
  for (const { at, kind, o } of steps) {
    if (waiting > 0) pace = whileWaiting(pace, { agents: d.agents, ms: at - last });
    last = at;
    const waited = (o.answeredAt ?? Infinity) - o.arrivedAt;
    if (kind === "ends") {
      busy--;
      pace = afterFinished(pace, (at - (o.answeredAt ?? 0)) / d.each);
    } else if (kind === "taken") {
      busy++;
      if (waited > 0) {
        waiting--;
        pace = afterTaken(pace);
      }
    } else {
      const room = d.agents * d.each - busy;
      const said = expectedWait({ position: waiting + 1, agents: d.agents, room, pace });
      if (waited > 0) {
        waiting++;
        results.push({ said: said ?? Number.NaN, waited });
      } else if (room > 0) expect(said).toBe(0);
    }
  }
  return results.slice(Math.floor(results.length / 5));
}

/** At one moment somebody finishes, somebody comes, and then the router decides. */
const order = ["ends", "comes", "taken"];
const mean = (list: readonly number[]): number => list.reduce((sum, x) => sum + x, 0) / list.length;

describe("what is told against what then happens in the simulator", () => {
  test.each([
    { agents: 8, each: 1, handleMs: 240_000, occupancy: 0.85 },
    { agents: 33, each: 1, handleMs: 300_000, occupancy: 0.91 },
    { agents: 12, each: 3, handleMs: 600_000, occupancy: 0.92 },
  ])("$agents agents with $each at once, filled to $occupancy: the mean error is small", (o) => {
    const all = [1, 2, 3, 4].flatMap((seed) => told({ ...o, seed }));
    const waited = mean(all.map((x) => x.waited));
    expect(Math.abs(mean(all.map((x) => x.said)) - waited) / waited).toBeLessThan(0.05);
    // Each one by itself is off by chance: the k pieces ahead take a random time.
    const off = mean(all.map((x) => Math.abs(x.said - x.waited)));
    expect(off / waited).toBeLessThan(0.55);
  });
});
