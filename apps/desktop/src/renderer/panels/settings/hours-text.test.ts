import { describe, expect, test } from "vitest";
import { parseDay, parseSpans, writeDay, writeSpans } from "./hours-text.ts";

describe("hours as people type them", () => {
  test("in many ways, in any order, and written back in one", () => {
    const day = [
      [480, 720],
      [780, 1_050],
    ];
    for (const text of [
      "08:00-12:00, 13:00-17:30",
      "8-12, 13h-17h30",
      "13:00 – 17:30; 8 – 12",
      "8h00 đến 12h + 13g - 17g30",
      "8.00-12.00,13.00-17.30",
    ])
      expect(parseSpans(text), text).toEqual(day);
    expect(writeSpans(parseSpans("8-12, 13h-17h30") ?? [])).toBe("08:00-12:00, 13:00-17:30");
    expect(parseSpans("  ")).toEqual([]);
    expect(parseSpans("0-24")).toEqual([[0, 1_440]]);
  });

  test("what is no time, ends before it begins or lies over another is not understood", () => {
    for (const text of ["8", "8-", "sáng", "22:00-06:00", "8-12, 11-13", "8:60-9", "8-25", "8-12 13-17"])
      expect(parseSpans(text), text).toBeNull();
  });

  test("a day is one of the calendar", () => {
    expect(parseDay("2/9/2027")).toBe("2027-09-02");
    expect(parseDay("29.02.2028")).toBe("2028-02-29");
    expect(writeDay("2027-09-02")).toBe("02/09/2027");
    for (const text of ["29/2/2027", "31/4/2027", "2/9", "2027-09-02", "0/1/2027"])
      expect(parseDay(text), text).toBeNull();
  });
});
