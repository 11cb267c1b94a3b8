import { fakeClock } from "@tongdai/shared/testing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { throttle } from "./throttle.ts";

describe("throttle", () => {
  it("lets no account send more in any second than its vendor allows, however late it is asked", () => {
    const looks = fc.array(fc.integer({ min: 0, max: 300 }), { minLength: 50, maxLength: 300 });
    fc.assert(
      fc.property(looks, fc.integer({ min: 1, max: 40 }), (pauses, perSecond) => {
        const clock = fakeClock();
        const limits = throttle(clock);
        const left: number[] = [];
        for (const ms of pauses) {
          clock.advance(ms);
          while (limits.take("a", "text", perSecond) === 0) left.push(clock.elapsed());
        }
        for (const [i, at] of left.entries())
          expect(at - (left[i - perSecond] ?? Number.NEGATIVE_INFINITY)).toBeGreaterThan(1_000);
      }),
      { numRuns: 50 },
    );
  });

  it("keeps the rate where every look comes late", () => {
    const clock = fakeClock();
    const limits = throttle(clock);
    let left = 0;
    for (let looks = 0; looks < 200; looks++) {
      clock.advance(50);
      while (limits.take("a", "text", 100) === 0) left++;
    }
    expect(left).toBeGreaterThan(940);
  });

  it("says how long to wait, and keeps a vendor's pause", () => {
    const clock = fakeClock();
    const limits = throttle(clock);
    expect(limits.take("a", "text", 1)).toBe(0);
    expect(limits.take("a", "text", 1)).toBe(1_050);
    expect(limits.take("a", "media", 1)).toBe(0);
    limits.pause("b", 5_000);
    expect(limits.take("b", "text", 10)).toBe(5_000);
  });
});
