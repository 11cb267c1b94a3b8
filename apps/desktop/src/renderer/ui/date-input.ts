import { formatDate, formatDateTime, formatTime } from "./format.ts";

const minute = 60_000;
const day = 24 * 60 * minute;

interface Parts {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
}

const clockAt = (ms: number): Parts => {
  const [d = 0, m = 0, y = 0] = formatDate(ms).split("/").map(Number);
  const [hour = 0, min = 0] = formatTime(ms).split(":").map(Number);
  return { year: y, month: m, day: d, hour, minute: min };
};

const asUtc = (p: Parts): number => Date.UTC(p.year, p.month - 1, p.day, p.hour, p.minute);

/** The moment at which a clock in the person's time zone shows this. */
function atClock(parts: Parts): number {
  const wanted = asUtc(parts);
  const guess = wanted - (asUtc(clockAt(wanted)) - wanted);
  // Once more, for the days on which clocks are put forward or back.
  return guess - (asUtc(clockAt(guess)) - wanted);
}

/** That many days after `now`, at a full hour. */
export function dayAt(now: number, days: number, hour: number): number {
  return atClock({ ...clockAt(now + days * day), hour, minute: 0 });
}

const pattern = /^(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{4}))?(?:\s+(\d{1,2})(?:[:hg](\d{2})?)?)?$/;
const endOfWork = 17;

/** "31/12", "31/12/2026", "31/12/2026 9:30" or "31/12 9h"; without a year the next such day. `null`: not a date. */
export function parseDateTime(text: string, now: number): number | null {
  const match = pattern.exec(text.trim().toLowerCase());
  if (!match) return null;
  const number = (at: number) => (match[at] === undefined ? null : Number(match[at]));
  const parts: Parts = {
    day: number(1) ?? 0,
    month: number(2) ?? 0,
    year: number(3) ?? clockAt(now).year,
    hour: number(4) ?? endOfWork,
    minute: number(5) ?? 0,
  };
  const at = exactly(parts);
  if (at === null || number(3) !== null || at > now - day) return at;
  return exactly({ ...parts, year: parts.year + 1 });
}

/** `null` for 31/02 and 25:00, which Date would carry over. */
function exactly(parts: Parts): number | null {
  if (parts.hour > 23 || parts.minute > 59) return null;
  const check = new Date(asUtc(parts));
  if (check.getUTCDate() !== parts.day || check.getUTCMonth() !== parts.month - 1) return null;
  return atClock(parts);
}

export const writeDateTime = (ms: number): string => formatDateTime(ms);
