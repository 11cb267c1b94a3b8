import { describe, expect, test } from "vitest";
import type { QueueFloor } from "../contract/floor.ts";
import { defaultThresholds, type QueueThresholds } from "../contract/thresholds.ts";
import { alarming, alertnessOf } from "./thresholds.ts";

const queue = (change: Partial<QueueFloor>, thresholds: Partial<QueueThresholds>): QueueFloor => ({
  queueId: "q",
  waiting: 0,
  offered: 0,
  held: 0,
  opensAt: null,
  longestSince: null,
  expectedWait: null,
  inProgress: 0,
  available: 0,
  free: 0,
  ...change,
  thresholds: { ...defaultThresholds, ...thresholds },
});

describe("thresholds", () => {
  test.each([
    [{ waiting: 4 }, { waiting: { warn: 5, alarm: 10 } }, "waiting", "calm"],
    [{ waiting: 5 }, { waiting: { warn: 5, alarm: 10 } }, "waiting", "warn"],
    [{ waiting: 10 }, { waiting: { warn: 5, alarm: 10 } }, "waiting", "alarm"],
    [{ waiting: 10 }, { waiting: { warn: null, alarm: null } }, "waiting", "calm"],
    [{ free: 3 }, { free: { warn: 2, alarm: 0 } }, "free", "calm"],
    [{ free: 2 }, { free: { warn: 2, alarm: 0 } }, "free", "warn"],
    [{ free: 0 }, { free: { warn: 2, alarm: 0 } }, "free", "alarm"],
    [{ longestSince: 0 }, { longest: { warn: 60, alarm: 101 } }, "longest", "warn"],
    [{ longestSince: 0 }, { longest: { warn: 60, alarm: 100 } }, "longest", "alarm"],
    [{ longestSince: null }, { longest: { warn: 0, alarm: 0 } }, "longest", "calm"],
  ] as const)("%o under %o: %s is %s", (change, thresholds, measure, expected) => {
    expect(alertnessOf(queue(change, thresholds), undefined, 100_000)[measure]).toBe(expected);
  });

  test("a service level of nobody is no alarm; one below the limit is", () => {
    const q = queue({}, { level: { warn: 90, alarm: 80 } });
    expect(alertnessOf(q, undefined, 0).level).toBe("calm");
    expect(alertnessOf(q, { recentMet: 0, recentOf: 0 }, 0).level).toBe("calm");
    expect(alertnessOf(q, { recentMet: 9, recentOf: 10 }, 0).level).toBe("calm");
    expect(alertnessOf(q, { recentMet: 8, recentOf: 10 }, 0).level).toBe("warn");
    expect(alertnessOf(q, { recentMet: 7, recentOf: 10 }, 0).level).toBe("alarm");
  });

  test("only what alarms is named", () => {
    const q = queue(
      { waiting: 9, free: 0 },
      { waiting: { warn: 1, alarm: null }, free: { warn: null, alarm: 0 } },
    );
    expect(alarming(alertnessOf(q, undefined, 0))).toEqual(["free"]);
  });
});
