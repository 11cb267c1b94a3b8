import type { Clock } from "../clock.ts";

export interface FakeClock extends Clock {
  /** Moves time forward, running due timers in order of their time. */
  advance(ms: number): void;
  /** Steps wall time without running timers, as an operator who sets the clock does. */
  step(ms: number): void;
  /** Timers that wait. */
  readonly pending: number;
}

/** A clock that stands still until told. @param start epoch milliseconds */
export function fakeClock(start = Date.UTC(2026, 10, 21, 2, 0, 0)): FakeClock {
  let monotonic = 0;
  let offset = start;
  let nextId = 0;
  const timers = new Map<number, { at: number; run: () => void }>();
  const due = (until: number) =>
    [...timers].filter(([, t]) => t.at <= until).sort(([i, a], [j, b]) => a.at - b.at || i - j)[0];
  return {
    // Whole milliseconds, as the machine's clock gives: timers may be set for fractions.
    now: () => Math.floor(offset + monotonic),
    elapsed: () => monotonic,
    after(ms, run) {
      const id = nextId++;
      timers.set(id, { at: monotonic + Math.max(0, ms), run });
      return () => void timers.delete(id);
    },
    advance(ms) {
      const until = monotonic + ms;
      for (let hit = due(until); hit; hit = due(until)) {
        timers.delete(hit[0]);
        monotonic = hit[1].at;
        hit[1].run();
      }
      monotonic = until;
    },
    step(ms) {
      offset += ms;
    },
    get pending() {
      return timers.size;
    },
  };
}
