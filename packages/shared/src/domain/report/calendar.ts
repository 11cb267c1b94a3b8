import { zoneOffset } from "../zone.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** The first moment of a calendar day, `YYYY-MM-DD`, in a zone; where the clocks skip midnight, the moment they skip to. */
export function startOfDate(date: string, timeZone: string): number {
  const wall = Date.parse(`${date}T00:00:00Z`);
  // The offset near midnight is that of the day before or of the day itself: the earlier moment that is already this day.
  const guesses = [wall - DAY, wall, wall + DAY].map((near) => wall - zoneOffset(timeZone, near));
  const fits = guesses.filter((at) => dateOf(at, timeZone) === date);
  return Math.min(...(fits.length > 0 ? fits : guesses));
}

/** The day of the calendar, `YYYY-MM-DD`, that it is in a zone. @param at epoch milliseconds */
export const dateOf = (at: number, timeZone: string): string =>
  new Date(at + zoneOffset(timeZone, at)).toISOString().slice(0, 10);

/** The hour of the day that it is in a zone, `00` to `23`. */
export const hourOf = (at: number, timeZone: string): string =>
  String(Math.floor(((((at + zoneOffset(timeZone, at)) % DAY) + DAY) % DAY) / HOUR)).padStart(2, "0");

/** The date so many days later. */
export const addDays = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10);

/** When the hour that it is in a zone is over. */
export function endOfHour(at: number, timeZone: string): number {
  const local = at + zoneOffset(timeZone, at);
  return at + HOUR - (((local % HOUR) + HOUR) % HOUR);
}
