import { describe, expect, test } from "vitest";
import { holidayYears, vietnamHolidays } from "./vietnam-holidays.ts";

const DAY = 86_400_000;
/** The Julian day number of a date's noon. */
const julianDay = (date: string): number => Date.parse(`${date}T00:00Z`) / DAY + 2_440_588;
const dateOf = (jd: number): string => new Date((jd - 2_440_588) * DAY).toISOString().slice(0, 10);

const sin = (degrees: number): number => Math.sin((degrees * Math.PI) / 180);

/** Instant of new moon number `k` since 1900, a Julian date: J. Meeus, Astronomical Algorithms (1998), chapter 49, short form. */
function newMoon(k: number): number {
  const t = k / 1236.85;
  const mean =
    2415020.75933 +
    29.53058868 * k +
    0.0001178 * t ** 2 -
    0.000000155 * t ** 3 +
    0.00033 * sin(166.56 + 132.87 * t - 0.009173 * t ** 2);
  const sun = 359.2242 + 29.10535608 * k - 0.0000333 * t ** 2 - 0.00000347 * t ** 3;
  const moon = 306.0253 + 385.81691806 * k + 0.0107306 * t ** 2 + 0.00001236 * t ** 3;
  const node = 21.2964 + 390.67050646 * k - 0.0016528 * t ** 2 - 0.00000239 * t ** 3;
  const correction =
    (0.1734 - 0.000393 * t) * sin(sun) +
    0.0021 * sin(2 * sun) -
    0.4068 * sin(moon) +
    0.0161 * sin(2 * moon) -
    0.0004 * sin(3 * moon) +
    0.0104 * sin(2 * node) -
    0.0051 * sin(sun + moon) -
    0.0074 * sin(sun - moon) +
    0.0004 * sin(2 * node + sun) -
    0.0004 * sin(2 * node - sun) -
    0.0006 * sin(2 * node + moon) +
    0.001 * sin(2 * node - moon) +
    0.0005 * sin(2 * moon + sun);
  const deltaT = -0.000278 + 0.000265 * t + 0.000262 * t ** 2;
  return mean + correction - deltaT;
}

/** The day of new moon `k` by clocks that are `zone` hours ahead of UTC. */
const newMoonDay = (k: number, zone: number): number => Math.floor(newMoon(k) + 0.5 + zone / 24);

/** The sun's longitude in twelfths of its circle at the beginning of a day; 9 begins with the winter solstice. */
function sunSector(jd: number, zone: number): number {
  const t = (jd - 0.5 - zone / 24 - 2451545) / 36525;
  const anomaly = 357.5291 + 35999.0503 * t - 0.0001559 * t ** 2;
  const longitude =
    280.46645 +
    36000.76983 * t +
    0.0003032 * t ** 2 +
    (1.9146 - 0.004817 * t) * sin(anomaly) +
    (0.019993 - 0.000101 * t) * sin(2 * anomaly) +
    0.00029 * sin(3 * anomaly);
  return Math.floor((((longitude % 360) + 360) % 360) / 30);
}

/** Number of the new moon that begins the eleventh month: the month that holds the winter solstice. */
function eleventhMonth(year: number, zone: number): number {
  const k = Math.floor((julianDay(`${year}-12-31`) - 2415021) / 29.530588853);
  return sunSector(newMoonDay(k, zone), zone) >= 9 ? k - 1 : k;
}

/** The day of the Gregorian calendar on which a day of the lunar year falls (months 1 to 10, not a leap one). */
function lunarDate(year: number, o: { month: number; day: number; zone: number }): string {
  const from = eleventhMonth(year - 1, o.zone);
  const isLeapYear = eleventhMonth(year, o.zone) - from === 13;
  let k = from;
  // From the eleventh month on, counting months that are not leap: a leap one is the first without a new sector.
  for (let month = 11, isLeapPassed = !isLeapYear; month !== o.month + 12; month++) {
    k++;
    const sector = (n: number) => sunSector(newMoonDay(n, o.zone), o.zone);
    if (!isLeapPassed && sector(k) === sector(k + 1)) {
      k++;
      isLeapPassed = true;
    }
  }
  return dateOf(newMoonDay(k, o.zone) + o.day - 1);
}

const HANOI = 7;
const BEIJING = 8;
const tet = (year: number, zone = HANOI) => lunarDate(year, { month: 1, day: 1, zone });
const kings = (year: number, zone = HANOI) => lunarDate(year, { month: 3, day: 10, zone });

/** The same of Intl's own calendar. */
function chinese(year: number, month: number, day: number): string {
  const read = new Intl.DateTimeFormat("en-u-ca-chinese", {
    timeZone: "UTC",
    month: "numeric",
    day: "numeric",
  });
  for (let at = Date.UTC(year, 0, 15); at < Date.UTC(year, 6, 1); at += DAY) {
    const parts = Object.fromEntries(read.formatToParts(at).map((p) => [p.type, p.value]));
    if (parts["month"] === String(month) && parts["day"] === String(day))
      return new Date(at).toISOString().slice(0, 10);
  }
  throw new Error("no such day");
}

describe("the reckoning that checks the dates", () => {
  test("knows the years in which Vietnam and China began the year on different days", () => {
    expect([1968, 1985, 2007, 2030].map((year) => [tet(year), tet(year, BEIJING)])).toEqual([
      ["1968-01-29", "1968-01-30"],
      ["1985-01-21", "1985-02-20"],
      ["2007-02-17", "2007-02-18"],
      ["2030-02-02", "2030-02-03"],
    ]);
  });

  test("agrees with the years that everybody remembers", () => {
    expect([2020, 2021, 2022, 2023, 2024, 2025].map((year) => tet(year))).toEqual([
      "2020-01-25",
      "2021-02-12",
      "2022-02-01",
      "2023-01-22",
      "2024-02-10",
      "2025-01-29",
    ]);
    expect([2023, 2024, 2025].map((year) => kings(year))).toEqual(["2023-04-29", "2024-04-18", "2025-04-07"]);
  });
});

describe.each(holidayYears)("the holidays of %i", (year) => {
  const days = vietnamHolidays(year);
  const of = (kind: string) => days.filter((d) => d.kind === kind).map((d) => d.date);

  test("Tết is five days in a row, the second of which is the lunar new year", () => {
    const dates = of("tet");
    expect(dates).toHaveLength(5);
    expect(dates.map((date) => julianDay(date) - julianDay(tet(year)))).toEqual([-1, 0, 1, 2, 3]);
  });

  test("the Hùng Kings' day is the tenth of the third lunar month", () => {
    expect(of("hung_kings")).toEqual([kings(year)]);
  });

  test("the new year and the third month begin on the same day at UTC+7 and at UTC+8", () => {
    expect([tet(year, BEIJING), kings(year, BEIJING)]).toEqual([tet(year), kings(year)]);
  });

  // In 2027 the new moon comes four minutes before midnight in Beijing: an ICU that reckons less finely puts it a day late.
  test("Intl's own calendar, of UTC+8, is not more than a day away", () => {
    expect(julianDay(chinese(year, 1, 1)) - julianDay(tet(year))).toBeOneOf(year === 2027 ? [0, 1] : [0]);
    expect(chinese(year, 3, 10)).toBe(kings(year));
  });

  test("2 September has one day beside it, and no date comes twice", () => {
    const national = of("national").map(julianDay);
    expect(of("national")).toContain(`${year}-09-02`);
    expect((national[1] ?? 0) - (national[0] ?? 0)).toBe(1);
    expect(new Set(days.map((d) => d.date)).size).toBe(days.length);
    // Article 112 gives eleven days; Culture Day comes beside them.
    expect(days.filter((d) => d.kind !== "culture")).toHaveLength(11);
    expect(days.map((d) => d.date)).toEqual(days.map((d) => d.date).sort());
  });
});
