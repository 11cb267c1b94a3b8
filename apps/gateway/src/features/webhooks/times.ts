const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** After the first attempt: three days and a few hours altogether (the schedule that Standard Webhooks proposes). */
const WAITS = [5 * SECOND, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, 10 * HOUR, 14 * HOUR, 20 * HOUR, DAY];

/** A fifth more or less, so that what failed together does not come back together. */
const jittered = (ms: number, random: () => number): number => Math.round(ms * (0.8 + 0.4 * random()));

/**
 * How long until the next attempt; null: there is none. A receiver may ask for more time, up to a day.
 * @param attempts made so far, from 1 @param asked milliseconds
 */
export function retryAfter(attempts: number, asked: number, random: () => number): number | null {
  const wait = WAITS[attempts - 1];
  return wait === undefined ? null : Math.max(jittered(wait, random), Math.min(asked, DAY));
}

/** So many failures one after the other, and a webhook is asked by one request at a time, with rests between them. */
export const DOUBT_FROM = 5;
const FIRST_REST = 30 * SECOND;
const LONGEST_REST = 15 * MINUTE;

/** @param failures one after the other @returns null: no rest yet */
export const restAfter = (failures: number, random: () => number): number | null =>
  failures < DOUBT_FROM
    ? null
    : jittered(Math.min(LONGEST_REST, FIRST_REST * 2 ** Math.min(failures - DOUBT_FROM, 20)), random);

/** Nothing else than failures for so long: it is switched off. */
export const GIVE_UP_MS = 3 * DAY;
/** The log, and what still waits for a webhook that is off. */
export const KEEP_MS = 30 * DAY;
export const TIMEOUT_MS = 15 * SECOND;
/** Long past the time-out: an attempt with no recorded end by then has none. */
export const LEASE_MS = MINUTE;

/** `Retry-After` in seconds or as a date. @returns milliseconds, 0 where there is none */
export function askedFor(header: string | null, now: number): number {
  if (header === null) return 0;
  const ms = /^\d+$/.test(header) ? Number(header) * SECOND : Date.parse(header) - now;
  return Number.isFinite(ms) ? Math.max(0, ms) : 0;
}
