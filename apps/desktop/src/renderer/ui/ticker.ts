import { useSyncExternalStore } from "react";

/** Everything that ticks (waiting times, windows, rings) follows this one timer, so that all of it moves together. */
export interface TickerClock {
  now(): number;
  setInterval(run: () => void, ms: number): unknown;
  clearInterval(handle: unknown): void;
  setTimeout(run: () => void, ms: number): unknown;
  clearTimeout(handle: unknown): void;
}

export interface Ticker {
  /** The time at the last tick, in the server's reckoning. */
  now(): number;
  subscribe(listener: () => void): () => void;
  /** Server time minus ours, so that a wrong PC clock does not show wrong waits. */
  setSkew(ms: number): void;
}

const second = 1000;

export function createTicker(clock: TickerClock): Ticker {
  const listeners = new Set<() => void>();
  let skew = 0;
  let current = clock.now();
  let stop: (() => void) | undefined;

  const tick = () => {
    current = clock.now() + skew;
    for (const listener of listeners) listener();
  };

  const start = () => {
    current = clock.now() + skew;
    let interval: unknown;
    // The first step lands on the second; from there one interval keeps the beat.
    const align = clock.setTimeout(
      () => {
        tick();
        interval = clock.setInterval(tick, second);
      },
      second - ((((clock.now() + skew) % second) + second) % second),
    );
    return () => {
      clock.clearTimeout(align);
      if (interval !== undefined) clock.clearInterval(interval);
    };
  };

  return {
    now: () => (stop ? current : clock.now() + skew),
    subscribe(listener) {
      listeners.add(listener);
      stop ??= start();
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        stop?.();
        stop = undefined;
      };
    },
    setSkew(ms) {
      skew = ms;
      if (stop) tick();
    },
  };
}

export const realClock: TickerClock = {
  now: () => Date.now(),
  setInterval: (run, ms) => globalThis.setInterval(run, ms),
  clearInterval: (handle) => globalThis.clearInterval(handle as number),
  setTimeout: (run, ms) => globalThis.setTimeout(run, ms),
  clearTimeout: (handle) => globalThis.clearTimeout(handle as number),
};

export const ticker: Ticker = createTicker(realClock);

/** A value derived from the time; the component renders only when the value changes. Answer with primitives. */
export function useTicking<V extends string | number | boolean | null>(derive: (now: number) => V): V {
  // A tick may come a hair before its second; that must not show the old second twice.
  const snapshot = () => derive(Math.floor((ticker.now() + 50) / second) * second);
  return useSyncExternalStore(ticker.subscribe, snapshot, snapshot);
}
