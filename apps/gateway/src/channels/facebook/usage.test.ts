import { describe, expect, it } from "vitest";
import { readUsage, slowDownMs } from "./usage.ts";

const app = (call_count: number) => ({
  "x-app-usage": JSON.stringify({ call_count, total_time: 2, total_cputime: 1 }),
});
const business = (...entries: object[]) => ({
  "x-business-use-case-usage": JSON.stringify({ "104857600000001": entries }),
});
const messenger = {
  type: "messenger",
  call_count: 1,
  total_cputime: 1,
  total_time: 1,
  estimated_time_to_regain_access: 0,
};

describe("usage", () => {
  it("takes the highest percentage of both headers", () => {
    expect(readUsage(new Headers({ ...app(28), ...business(messenger) }))).toEqual({
      percent: 28,
      regainMs: null,
      retryAfterMs: null,
    });
    expect(
      readUsage(new Headers({ ...app(28), ...business(messenger, { ...messenger, total_time: 95 }) }))
        .percent,
    ).toBe(95);
    expect(readUsage(new Headers({ ...business({ ...messenger, total_cputime: 91.5 }) })).percent).toBe(91.5);
  });

  it("reads the minutes until calls are accepted again", () => {
    const told = business({ ...messenger, call_count: 100, estimated_time_to_regain_access: 5 });
    expect(readUsage(new Headers(told))).toEqual({
      percent: 100,
      regainMs: 300_000,
      retryAfterMs: null,
    });
  });

  it.each(["", "no JSON", "null", "[]", "5", '{"call_count":"many"}', '{"1":5}', '{"1":[5]}'])(
    "bears %j",
    (value) => {
      const headers = new Headers({ "x-app-usage": value, "x-business-use-case-usage": value });
      expect(readUsage(headers)).toEqual({ percent: 0, regainMs: null, retryAfterMs: null });
    },
  );

  it.each([
    [0, null, undefined],
    [89.9, null, undefined],
    [90, null, 1000],
    [95, null, 6000],
    [100, null, 11_000],
    [400, null, 60_000],
    [95, 20_000, 20_000],
    [100, 3_600_000, 60_000],
  ])("at %s percent, told %s ms, holds %s ms", (percent, regainMs, wait) => {
    expect(slowDownMs({ percent, regainMs, retryAfterMs: null })).toBe(wait);
  });

  it.each([
    [{ "retry-after": "120" }, 120_000],
    [{ "retry-after": "Sun, 22 Nov 2026 04:01:00 GMT", date: "Sun, 22 Nov 2026 04:00:00 GMT" }, 60_000],
    [{ "retry-after": "Sun, 22 Nov 2026 04:01:00 GMT" }, null],
    [{ "retry-after": "99999999" }, 3_600_000],
    [{ "retry-after": "soon" }, null],
    [{ "retry-after": "0" }, null],
  ])("reads %o as a rest of %s ms", (headers, ms) => {
    expect(readUsage(new Headers(headers as Record<string, string>)).retryAfterMs).toBe(ms);
  });
});
