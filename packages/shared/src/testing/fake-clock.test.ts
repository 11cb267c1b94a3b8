import fc from "fast-check";
import { expect, test } from "vitest";
import { fakeClock } from "./fake-clock.ts";
import { seededRandom } from "./seeded-random.ts";

test("timers run once, in order of their time, then of their making, at the time they were due", () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: -5, max: 50 }), { maxLength: 20 }),
      fc.integer({ min: 1, max: 60 }),
      (waits, step) => {
        const clock = fakeClock(0);
        const ran: { at: number; i: number }[] = [];
        for (const [i, ms] of waits.entries()) clock.after(ms, () => ran.push({ at: clock.elapsed(), i }));
        for (let t = 0; t <= 60; t += step) clock.advance(step);
        const expected = waits
          .map((ms, i) => ({ at: Math.max(0, ms), i }))
          .toSorted((a, b) => a.at - b.at || a.i - b.i);
        expect(ran).toEqual(expected);
        expect(clock.pending).toBe(0);
      },
    ),
  );
});

test("a timer set by a timer runs in the same advance when it is due by then", () => {
  const clock = fakeClock(1_000);
  const ran: number[] = [];
  const again = (): void => {
    ran.push(clock.now());
    clock.after(10, again);
  };
  clock.after(10, again);
  clock.advance(35);
  expect(ran).toEqual([1_010, 1_020, 1_030]);
  expect([clock.now(), clock.pending]).toEqual([1_035, 1]);
});

test("a cancelled timer does not run, also when cancelled by another in the same advance", () => {
  const clock = fakeClock();
  const ran: string[] = [];
  const undo = clock.after(20, () => ran.push("no"));
  clock.after(10, undo);
  undo();
  undo();
  clock.advance(100);
  expect([ran, clock.pending]).toEqual([[], 0]);
});

test("stepping the wall clock moves what is shown, not what is timed", () => {
  const clock = fakeClock(5_000);
  let ran = false;
  clock.after(100, () => {
    ran = true;
  });
  clock.step(-3_600_000);
  expect([clock.now(), clock.elapsed(), ran]).toEqual([5_000 - 3_600_000, 0, false]);
  clock.advance(100);
  expect([clock.elapsed(), ran]).toEqual([100, true]);
});

test("the same seed gives the same numbers, spread over [0, 1)", () => {
  const draw = (seed: number) => Array.from({ length: 1_000 }, seededRandom(seed));
  expect(draw(7)).toEqual(draw(7));
  expect(draw(7)).not.toEqual(draw(8));
  expect(Math.min(...draw(7))).toBeGreaterThanOrEqual(0);
  expect(Math.max(...draw(7))).toBeLessThan(1);
  expect(draw(7).reduce((a, b) => a + b) / 1_000).toBeCloseTo(0.5, 1);
});
