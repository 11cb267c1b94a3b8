import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createTicker, realClock } from "./ticker.ts";

beforeEach(() => vi.useFakeTimers({ now: 10_250 }));
afterEach(() => vi.useRealTimers());

test("ticks on the second, with one interval for any number of listeners", () => {
  const ticker = createTicker(realClock);
  const seen: number[] = [];
  const stops = [1, 2, 3].map((n) => ticker.subscribe(() => n === 1 && seen.push(ticker.now())));
  expect(vi.getTimerCount()).toBe(1);
  vi.advanceTimersByTime(2750);
  expect(seen).toEqual([11_000, 12_000, 13_000]);
  expect(vi.getTimerCount()).toBe(1);
  for (const stop of stops) stop();
  expect(vi.getTimerCount()).toBe(0);
});

test("starts again after everybody left", () => {
  const ticker = createTicker(realClock);
  ticker.subscribe(() => {})();
  const tick = vi.fn();
  const stop = ticker.subscribe(tick);
  vi.advanceTimersByTime(1000);
  expect(tick).toHaveBeenCalledTimes(1);
  stop();
});

test("a skewed clock shows the server's time at once", () => {
  const ticker = createTicker(realClock);
  const tick = vi.fn();
  const stop = ticker.subscribe(tick);
  ticker.setSkew(5000);
  expect(tick).toHaveBeenCalledTimes(1);
  expect(ticker.now()).toBe(15_250);
  stop();
});
