/** Why people are off: `culture` and so on are words that clients translate. */
export type HolidayKind =
  | "new_year"
  | "tet"
  | "hung_kings"
  | "reunification"
  | "labour"
  | "national"
  | "culture";

export interface Holiday {
  /** `YYYY-MM-DD`. */
  readonly date: string;
  readonly kind: HolidayKind;
  /** Not yet settled when this was written: the date may still be moved, or the day not be granted. */
  readonly expected: boolean;
}

/**
 * The public holidays of Vietnam. Where the dates come from:
 * - Labour Code 45/2019/QH14, article 112, paragraph 1: 1 January (1 day), Tết (5 days), 30 April, 1 May, 2 September and
 *   one day beside it, the Hùng Kings' day (10th of the 3rd lunar month). Paragraph 3: which 5 days and which day beside
 *   2 September, the Prime Minister decides each year.
 * - 2026 as decided: Tết from the last day of the old year to the 4th of the new one (16 to 20 February), 1 and 2 September.
 * - 2027 and 2028 after the same pattern, marked `expected`: one day before Tết and four from it on; beside 2 September
 *   the working day that joins it to a weekend.
 * - 24 November, Vietnam Culture Day, by resolution 80-NQ/TW of 7 January 2026 meant to be a day off on full pay; marked
 *   `expected`, as article 112 itself does not name it.
 * - Lunar dates are those of the Vietnamese calendar (UTC+7). The Chinese one (UTC+8) has the same new year and third month
 *   in these three years, but not in 2030 (Tết: 2 against 3 February). The `chinese` calendar of Intl is no source in any
 *   case: it may give 7 February for 2027, whose new moon comes four minutes before midnight in Beijing.
 *
 * Days in lieu, where a holiday falls on the weekly day off (article 111, paragraph 3), and swapped working days differ
 * from house to house and are not here.
 */
const years = {
  2026: {
    tet: ["2026-02-16", "2026-02-17", "2026-02-18", "2026-02-19", "2026-02-20"],
    hungKings: "2026-04-26",
    besideNational: "2026-09-01",
    decided: true,
  },
  2027: {
    tet: ["2027-02-05", "2027-02-06", "2027-02-07", "2027-02-08", "2027-02-09"],
    hungKings: "2027-04-16",
    besideNational: "2027-09-03",
    decided: false,
  },
  2028: {
    tet: ["2028-01-25", "2028-01-26", "2028-01-27", "2028-01-28", "2028-01-29"],
    hungKings: "2028-04-04",
    besideNational: "2028-09-01",
    decided: false,
  },
} as const;

type HolidayYear = keyof typeof years;

/** The years that are known. */
export const holidayYears: readonly HolidayYear[] = [2026, 2027, 2028];

/** The public holidays of one year, by date. */
export function vietnamHolidays(year: HolidayYear): Holiday[] {
  const { tet, hungKings, besideNational, decided } = years[year];
  const on = (date: string, kind: HolidayKind, expected = false): Holiday => ({ date, kind, expected });
  return [
    on(`${year}-01-01`, "new_year"),
    ...tet.map((date) => on(date, "tet", !decided)),
    on(hungKings, "hung_kings"),
    on(`${year}-04-30`, "reunification"),
    on(`${year}-05-01`, "labour"),
    on(`${year}-09-02`, "national"),
    on(besideNational, "national", !decided),
    on(`${year}-11-24`, "culture", true),
  ].sort((a, b) => (a.date < b.date ? -1 : 1));
}
