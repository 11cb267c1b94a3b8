import type { Ctx } from "../../context.ts";

const HOUR = 60 * 60_000;
const DAY = 24 * HOUR;
/** Vietnam has had one time, without summer time, since 1975. */
const VIETNAM = 7 * HOUR;

/** An hour of a day in Vietnam, so many days before today (negative: after). */
export function hourOfDay(now: number, o: { daysAgo: number; hour: number }): number {
  const today = Math.floor((now + VIETNAM) / DAY) * DAY - VIETNAM;
  return today - o.daysAgo * DAY + o.hour * HOUR;
}

/** The same gateway at another time: what a feature does with it happens then. */
export const at = (ctx: Ctx, time: number): Ctx => ({ ...ctx, clock: { ...ctx.clock, now: () => time } });

/** The same id at every start, so that a start that was cut short can go on. */
export const fixedId = (kind: number, n: number): string =>
  `01900000-0000-7000-8${kind.toString(16).padStart(3, "0")}-${n.toString(16).padStart(12, "0")}`;

const MINUTE = 60_000;
/** Between two messages. */
export const PACE_MS = 2 * MINUTE;
/** How long offers stood before they were taken; each visit has one of them. */
const ANSWERED_AFTER = [9_000, 14_000, 6_000, 21_000, 11_000];

/** When a visit's work was offered, taken, talked to its end and closed. Epoch milliseconds. */
export interface VisitTimes {
  readonly offeredAt: number;
  readonly acceptedAt: number;
  readonly endedAt: number;
  readonly closedAt: number;
}

/** An offer left at once, and the last message is followed by the wrap-up. `n`: which visit of the demo. */
export function visitTimes(
  now: number,
  visit: { daysAgo: number; hour: number; lines: readonly unknown[] },
  n: number,
): VisitTimes {
  const offeredAt = hourOfDay(now, visit);
  const endedAt = offeredAt + visit.lines.length * PACE_MS;
  const acceptedAt = offeredAt + (ANSWERED_AFTER[n % ANSWERED_AFTER.length] ?? 0);
  return { offeredAt, acceptedAt, endedAt, closedAt: endedAt + MINUTE };
}

/** The Message-ID of a story's nth letter. The first is its thread's name, as it is of every thread of letters. */
export const letterId = (index: number, n: number): string => `demo-${index}-${n}@senviet.test`;

/** Where a channel has several threads with a customer, one is called after its first letter. */
export const threadOf = (o: { story: { subject?: string }; index: number }): string =>
  o.story.subject === undefined ? "" : letterId(o.index, 0);
