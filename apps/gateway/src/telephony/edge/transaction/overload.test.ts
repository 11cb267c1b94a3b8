import { fakeClock } from "@tongdai/shared/testing";
import { expect, test } from "vitest";
import { createOverload } from "./index.ts";

/** A clock whose event loop can be made to run behind. */
function slowClock() {
  const clock = fakeClock();
  let behind = 0;
  return {
    clock: { ...clock, elapsed: () => clock.elapsed() + behind, after: clock.after },
    advance: (ms: number) => clock.advance(ms),
    lose: (ms: number) => {
      behind += ms;
    },
  };
}

test("new work is shed while the event loop runs behind, and taken again by itself", () => {
  const slow = slowClock();
  const overload = createOverload(slow.clock, { lag: 200, transactions: 10 }, () => 0);
  const beats = [250, 250, 150, 150, 100, 250, 0, 250].map((late) => {
    slow.lose(late);
    slow.advance(100);
    return overload.shedding();
  });
  // Not for one late beat; until two are no more than half the limit apart.
  expect(beats).toEqual([false, true, true, true, false, false, false, false]);
  overload.close();
});

test("a full table sheds at once, not with the next beat, and until it is half empty", () => {
  const slow = slowClock();
  let open = 11;
  const overload = createOverload(slow.clock, { lag: 200, transactions: 10 }, () => open);
  expect(overload.shedding()).toBe(true);
  open = 6;
  slow.advance(100);
  expect(overload.shedding()).toBe(true);
  open = 5;
  slow.advance(100);
  expect(overload.shedding()).toBe(false);
});
