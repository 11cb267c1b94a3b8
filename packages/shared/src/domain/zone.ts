/** Whether `name` is one of the IANA time zone database that this computer knows. Offsets such as `+07:00` are none. */
export function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** A stretch of time in which the zone's clocks are `offset` milliseconds ahead of UTC. */
export interface Piece {
  readonly from: number;
  readonly offset: number;
}

const DAY = 86_400_000;
/** Days kept for a zone; a year's worth of looking ahead fits. */
const KEPT_DAYS = 1_000;

interface Zone {
  readonly formatter: Intl.DateTimeFormat;
  readonly days: Map<number, readonly Piece[]>;
}

// Asking Intl takes microseconds each time, and the answer for a day never changes.
const zones = new Map<string, Zone>();

/** Milliseconds that the zone's clocks are ahead of UTC at `at`. */
export function zoneOffset(timeZone: string, at: number): number {
  const pieces = zonePieces(timeZone, Math.floor(at / DAY));
  return pieces.findLast((piece) => piece.from <= at)?.offset ?? 0;
}

/** The stretches of a day of UTC, by its number since 1970, in order: one, or two where the clocks are changed within it. */
export function zonePieces(timeZone: string, utcDay: number): readonly Piece[] {
  const zone = zoneOf(timeZone);
  let pieces = zone.days.get(utcDay);
  if (!pieces) {
    if (zone.days.size >= KEPT_DAYS) zone.days.clear();
    pieces = readDay(zone.formatter, utcDay * DAY);
    zone.days.set(utcDay, pieces);
  }
  return pieces;
}

function zoneOf(timeZone: string): Zone {
  let zone = zones.get(timeZone);
  if (!zone) {
    const formatter = new Intl.DateTimeFormat("en", { timeZone, timeZoneName: "longOffset" });
    zone = { formatter, days: new Map() };
    zones.set(timeZone, zone);
  }
  return zone;
}

function readDay(formatter: Intl.DateTimeFormat, start: number): Piece[] {
  const before = ask(formatter, start);
  const after = ask(formatter, start + DAY);
  const first = { from: start, offset: before };
  if (before === after) return [first];
  // No zone changes its clocks twice a day, so the one change can be closed in on.
  let [low, high] = [start, start + DAY];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (ask(formatter, middle) === before) low = middle;
    else high = middle;
  }
  return high === start + DAY ? [first] : [first, { from: high, offset: after }];
}

/** From `GMT`, `GMT+07:00`, `GMT-02:30`. */
function ask(formatter: Intl.DateTimeFormat, at: number): number {
  const name = formatter.formatToParts(at).find((part) => part.type === "timeZoneName")?.value ?? "";
  const [, sign, hours, minutes, seconds] = /([+-])(\d\d):(\d\d)(?::(\d\d))?$/.exec(name) ?? [];
  const ahead = (Number(hours ?? 0) * 3_600 + Number(minutes ?? 0) * 60 + Number(seconds ?? 0)) * 1_000;
  return sign === "-" ? -ahead : ahead;
}
