import { DAY_MINUTES, type Span, Spans } from "@tongdai/shared";

/** "08:00-12:00, 13:00-17:30"; empty: closed. */
export const writeSpans = (spans: readonly Span[]): string =>
  spans.map(([from, to]) => `${writeMinute(from)}-${writeMinute(to)}`).join(", ");

const writeMinute = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;

const span = /^(\d{1,2})(?:[:hg.](\d{2})?)?\s*(?:-|–|đến|to)\s*(\d{1,2})(?:[:hg.](\d{2})?)?$/;

/** What people type: "8-12, 13h-17h30", "8:00–12:00; 13:00–17:30". `null`: not understood, or not possible. */
export function parseSpans(text: string): Spans | null {
  const parts = text
    .toLowerCase()
    .split(/[,;+]/)
    .map((part) => part.trim())
    .filter(Boolean);
  const spans: Span[] = [];
  for (const part of parts) {
    const match = span.exec(part);
    const from = minuteOf(match?.[1], match?.[2]);
    const to = minuteOf(match?.[3], match?.[4]);
    if (from === null || to === null) return null;
    spans.push([from, to]);
  }
  const checked = Spans.safeParse(spans.sort((a, b) => a[0] - b[0]));
  return checked.success ? checked.data : null;
}

function minuteOf(hour: string | undefined, minute: string | undefined): number | null {
  if (hour === undefined || Number(minute ?? 0) > 59) return null;
  const total = Number(hour) * 60 + Number(minute ?? 0);
  return total <= DAY_MINUTES ? total : null;
}

const written = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/;

/** From "2/9/2027" to "2027-09-02"; `null`: no such day. */
export function parseDay(text: string): string | null {
  const match = written.exec(text.trim());
  if (!match) return null;
  const [day, month, year] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const at = new Date(Date.UTC(year, month - 1, day));
  if (year < 2000 || at.getUTCMonth() !== month - 1 || at.getUTCDate() !== day) return null;
  return at.toISOString().slice(0, 10);
}

export const writeDay = (date: string): string => date.split("-").reverse().join("/");
