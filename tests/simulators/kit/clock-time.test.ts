import { expect, test } from "vitest";
import { clockTime } from "./page/clock-time.ts";

test.each(["vi", "en"] as const)(
  "the customer's page (%s) shows the time that the agents read",
  (language) => {
    expect(clockTime(Date.UTC(2026, 10, 21, 18, 5), language)).toBe("01:05");
  },
);
