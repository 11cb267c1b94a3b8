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
