import type { Hours, Span, Spans } from "../contract/hours.ts";
import { zoneOffset, zonePieces } from "./zone.ts";

/**
 * The wall clock rules: one is open while it shows a time within a span of its day. So a time that the clocks skip in
 * spring is never open, and one that they show twice in autumn is open twice.
 */
type OpenHours = Pick<Hours, "timeZone" | "weekly" | "days">;

const MINUTE = 60_000;
const DAY = 86_400_000;
/** So far is looked ahead; what comes later counts as never. */
export const HOURS_HORIZON_MS = 400 * DAY;

export function isOpen(hours: OpenHours, now: number): boolean {
  const local = now + zoneOffset(hours.timeZone, now);
  const day = Math.floor(local / DAY);
  const minute = (local - day * DAY) / MINUTE;
  return spansOn(hours, day).some(([from, to]) => from <= minute && minute < to);
}

/** `now` itself while open, else when it next opens; `null`: not within `HOURS_HORIZON_MS`. */
export function nextOpening(hours: OpenHours, now: number): number | null {
  for (const stretch of openStretches(hours, now)) return Math.max(stretch.from, now);
  return null;
}

/** When it next opens or closes, after `now`; `null`: not within `HOURS_HORIZON_MS`. */
export function nextChange(hours: OpenHours, now: number): number | null {
  for (const { from, to } of joined(openStretches(hours, now))) {
    if (from > now) return from;
    if (to > now) return to >= now + HOURS_HORIZON_MS ? null : to;
  }
  return null;
}

interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** What is open from `now` on, in order, each cut at the ends of its span, its day and the clocks' changes. */
function* openStretches(hours: OpenHours, now: number): Generator<Stretch> {
  const first = Math.floor(now / DAY);
  const last = Math.floor((now + HOURS_HORIZON_MS) / DAY);
  for (let utcDay = first; utcDay <= last; utcDay++) {
    const pieces = zonePieces(hours.timeZone, utcDay);
    for (const [i, piece] of pieces.entries()) {
      const end = pieces[i + 1]?.from ?? (utcDay + 1) * DAY;
      for (const stretch of openWithin(hours, { from: piece.from, to: end }, piece.offset))
        if (stretch.to > now) yield stretch;
    }
  }
}

function* openWithin(hours: OpenHours, { from, to }: Stretch, offset: number): Generator<Stretch> {
  const lastDay = Math.floor((to + offset - 1) / DAY);
  for (let day = Math.floor((from + offset) / DAY); day <= lastDay; day++)
    for (const [opens, closes] of spansOn(hours, day)) {
      const begin = Math.max(from, day * DAY + opens * MINUTE - offset);
      const end = Math.min(to, day * DAY + closes * MINUTE - offset);
      if (begin < end) yield { from: begin, to: end };
    }
}

function* joined(stretches: Iterable<Stretch>): Generator<Stretch> {
  let held: Stretch | null = null;
  for (const stretch of stretches) {
    if (held && stretch.from > held.to) {
      yield held;
      held = stretch;
    } else held = held ? { from: held.from, to: stretch.to } : stretch;
  }
  if (held) yield held;
}

/** Special days by the day's number since 1970. */
const special = new WeakMap<OpenHours["days"], Map<number, Spans>>();

function spansOn(hours: OpenHours, day: number): readonly Span[] {
  let byDay = special.get(hours.days);
  if (!byDay) {
    byDay = new Map(hours.days.map((d) => [Date.parse(`${d.date}T00:00Z`) / DAY, d.spans]));
    special.set(hours.days, byDay);
  }
  // 1970-01-01 was a Thursday.
  return byDay.get(day) ?? hours.weekly[(((day + 3) % 7) + 7) % 7] ?? [];
}
