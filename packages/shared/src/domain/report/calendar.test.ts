import { expect, test } from "vitest";
import { addDays, dateOf, endOfHour, hourOf, startOfDate } from "./calendar.ts";

const iso = (at: number) => new Date(at).toISOString();

test.each([
  ["2026-11-22", "Asia/Ho_Chi_Minh", "2026-11-21T17:00:00.000Z"],
  ["2026-11-22", "UTC", "2026-11-22T00:00:00.000Z"],
  ["2026-07-01", "America/New_York", "2026-07-01T04:00:00.000Z"],
  ["2026-11-01", "America/New_York", "2026-11-01T04:00:00.000Z"],
  ["2026-11-02", "America/New_York", "2026-11-02T05:00:00.000Z"],
  // Cuba skips midnight: the day begins at one.
  ["2026-03-08", "America/Havana", "2026-03-08T05:00:00.000Z"],
  // So does Lebanon, which is ahead of UTC.
  ["2026-03-29", "Asia/Beirut", "2026-03-28T22:00:00.000Z"],
  ["2026-03-08", "Asia/Kathmandu", "2026-03-07T18:15:00.000Z"],
])("%s in %s begins at %s", (date, zone, at) => {
  expect(iso(startOfDate(date, zone))).toBe(at);
  expect(dateOf(startOfDate(date, zone), zone)).toBe(date);
  expect(dateOf(startOfDate(date, zone) - 1, zone)).toBe(addDays(date, -1));
});

test("hours are those of the wall", () => {
  const at = Date.UTC(2026, 10, 22, 2, 10);
  expect(hourOf(at, "Asia/Ho_Chi_Minh")).toBe("09");
  expect(hourOf(at, "Asia/Kathmandu")).toBe("07");
  expect(iso(endOfHour(at, "Asia/Ho_Chi_Minh"))).toBe("2026-11-22T03:00:00.000Z");
  expect(iso(endOfHour(at, "Asia/Kathmandu"))).toBe("2026-11-22T02:15:00.000Z");
  expect(endOfHour(Date.UTC(2026, 10, 22, 3), "Asia/Ho_Chi_Minh")).toBe(Date.UTC(2026, 10, 22, 4));
  expect(addDays("2026-02-28", 1)).toBe("2026-03-01");
});
