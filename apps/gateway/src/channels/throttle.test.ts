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

  it("rests a second when refused, and twice as long each time that nothing was taken since", () => {
    const clock = fakeClock();
    const limits = throttle(clock);
    const rest = () => {
      limits.refused("a");
      // What was on its way is refused alike.
      limits.refused("a");
      const ms = limits.take("a", "text", Number.POSITIVE_INFINITY);
      clock.advance(ms);
      return ms;
    };
    expect([rest(), rest(), rest()]).toEqual([1_000, 2_000, 4_000]);
    limits.taken("a");
    expect(rest()).toBe(1_000);
    for (let i = 0; i < 5; i++) rest();
    expect(rest()).toBe(60_000);
    expect(limits.take("b", "text", 1)).toBe(0);
  });

  it("goes on more slowly after a refusal, and has its whole rate again within a minute", () => {
    const clock = fakeClock();
    const limits = throttle(clock);
    const inOneSecond = () => {
      let left = 0;
      for (let ms = 0; ms < 1_000; ms++) {
        clock.advance(1);
        if (limits.take("a", "text", 100) === 0) left++;
      }
      return left;
    };
    const before = inOneSecond();
    limits.refused("a");
    clock.advance(1_000);
    const after = inOneSecond();
    expect(after).toBeGreaterThan(before * 0.65);
    expect(after).toBeLessThan(before * 0.8);
    clock.advance(60_000);
    inOneSecond();
    expect(inOneSecond()).toBeGreaterThan(94);
  });
});
