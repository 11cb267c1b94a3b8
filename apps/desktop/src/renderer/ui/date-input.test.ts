import { describe, expect, test } from "vitest";
import { dayAt, parseDateTime, writeDateTime } from "./date-input.ts";

/** 22/11/2026 23:30 in Vietnam, still the 22nd at 16:30 in London. */
const now = Date.UTC(2026, 10, 22, 16, 30);
const write = (text: string) => {
  const at = parseDateTime(text, now);
  return at === null ? null : writeDateTime(at);
};

describe("a typed date", () => {
  test.each([
    ["31/12/2026 9:30", "31/12/2026 09:30"],
    ["31/12/2026", "31/12/2026 17:00"],
    ["1-12 8h", "01/12/2026 08:00"],
    ["23.11 14h15", "23/11/2026 14:15"],
    ["22/11", "22/11/2026 17:00"],
    ["1/3", "01/03/2027 17:00"],
    ["29/02/2028", "29/02/2028 17:00"],
  ])("%s is %s", (text, written) => {
    expect(write(text)).toBe(written);
  });

  test.each(["", "mai", "31/02/2027", "32/01", "10/13", "1/1/2027 24:00", "1/1/2027 9:60", "12"])(
    "%j is none",
    (text) => {
      expect(write(text)).toBeNull();
    },
  );

  test("what was written reads as itself", () => {
    expect(parseDateTime(writeDateTime(now), now)).toBe(now);
  });
});

test("days are those of the person's time zone", () => {
  expect(writeDateTime(dayAt(now, 0, 17))).toBe("22/11/2026 17:00");
  expect(writeDateTime(dayAt(now, 1, 9))).toBe("23/11/2026 09:00");
});
