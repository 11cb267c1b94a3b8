import { expect, test } from "vitest";
import type { Spans } from "../contract/hours.ts";
import { openingAfterToday } from "./park.ts";

const work: Spans = [[8 * 60, 17 * 60]];
const hours = {
  timeZone: "Asia/Ho_Chi_Minh",
  weekly: [work, work, work, work, work, [], []],
  days: [],
};
const at = (text: string) => Date.parse(`${text}+07:00`);

test.each([
  ["in the morning before it opens, not today", "2026-11-23T06:00", "2026-11-24T08:00"],
  ["in the evening", "2026-11-23T23:59", "2026-11-24T08:00"],
  ["on a Friday, on Monday", "2026-11-27T10:00", "2026-11-30T08:00"],
])("the next opening on another day: %s", (_, now, opens) => {
  expect(openingAfterToday(hours, at(now))).toBe(at(opens));
});

test("never, where it never opens", () => {
  expect(openingAfterToday({ ...hours, weekly: Array(7).fill([]) }, at("2026-11-23T10:00"))).toBeNull();
});
