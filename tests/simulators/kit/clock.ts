export interface Clock {
  now(): number;
  /** Returns its own undo. */
  setTimeout(fn: () => void, ms: number): () => void;
}

export const realClock: Clock = {
  now: () => Date.now(),
  setTimeout(fn, ms) {
    const timer = setTimeout(fn, ms);
    return () => clearTimeout(timer);
  },
};

export interface ManualClock extends Clock {
  /** Fires what falls due, oldest first, and leaves the clock at the end of the span. */
  advance(ms: number): void;
  waiting(): number;
}

interface Timer {
  readonly at: number;
  readonly fn: () => void;
}

export function manualClock(start: number): ManualClock {
  let now = start;
  const timers = new Set<Timer>();
  const due = (end: number): Timer | undefined =>
    [...timers].filter((timer) => timer.at <= end).sort((a, b) => a.at - b.at)[0];
  return {
    now: () => now,
    setTimeout(fn, ms) {
      const timer = { at: now + ms, fn };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    advance(ms) {
      const end = now + ms;
      for (let timer = due(end); timer; timer = due(end)) {
        timers.delete(timer);
        now = Math.max(now, timer.at);
        timer.fn();
      }
      now = end;
    },
    waiting: () => timers.size,
  };
}

/**
 * Two readings of one clock. Wire timestamps follow the real time, because a receiver would be confused
 * by a future date; the reply window, the media links and other promises follow the travelled time.
 */
export interface SimTime {
  now(): number;
  /** A wire timestamp; unique, so that order by timestamp is total. */
  stamp(): number;
  windowNow(): number;
  offset(): number;
  travel(ms: number): void;
  back(): void;
}

export function simTime(clock: Clock): SimTime {
  let offset = 0;
  let last = 0;
  return {
    now: () => clock.now(),
    stamp() {
      last = Math.max(clock.now(), last + 1);
      return last;
    },
    windowNow: () => clock.now() + offset,
    offset: () => offset,
    travel(ms) {
      offset += ms;
    },
    back() {
      offset = 0;
    },
  };
}
