import { z } from "zod";
import { BasedOn, Id, line, text, Version } from "./scalars.ts";

export const DAY_MINUTES = 1_440;

/**
 * From and to, in minutes of the wall clock after midnight; the end is outside. A span ends at midnight (1440) at the
 * latest: a night shift is two spans, up to 1440 and from 0 of the next day, and is open without a break.
 */
export const Span = z
  .tuple([z.number().int().min(0), z.number().int().max(DAY_MINUTES)])
  .refine(([from, to]) => from < to, { error: "a span ends after it begins" });
export type Span = z.infer<typeof Span>;

/** Of one day, in order, none over another; empty: closed all day. */
export const Spans = z
  .array(Span)
  .max(12)
  .refine((spans) => spans.every((span, i) => span[0] >= (spans[i - 1]?.[1] ?? 0)), {
    error: "spans are in order and do not overlap",
  });
export type Spans = z.infer<typeof Spans>;

/** Whether this computer knows the zone. Bare offsets such as `+07:00` are none: they know no summer time. */
function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** A name of the IANA time zone database. */
export const TimeZone = z
  .string()
  .max(64)
  .refine(isTimeZone, { error: "no such time zone: write one as Asia/Ho_Chi_Minh" });

/** A day of the calendar, `YYYY-MM-DD`. */
export const CalendarDate = z.iso.date();

/** A date with hours of its own instead of its weekday's: a holiday, a half day, a day of extra work. */
export const SpecialDay = z.strictObject({ date: CalendarDate, name: line(80), spans: Spans });
export type SpecialDay = z.infer<typeof SpecialDay>;

const SpecialDays = z
  .array(SpecialDay)
  .max(400)
  .refine((days) => new Set(days.map((day) => day.date)).size === days.length, {
    error: "one entry a date",
  });

/** When somebody is there, by the wall clock of one time zone. */
export const Hours = z.object({
  id: Id,
  version: Version.default(1),
  name: z.string(),
  timeZone: z.string(),
  /** Monday first. */
  weekly: z.array(Spans).length(7),
  /** By date. */
  days: z.array(SpecialDay),
});
export type Hours = z.infer<typeof Hours>;

export const NewHours = z.strictObject({
  id: Id.nullable().default(null),
  version: BasedOn,
  name: line(80),
  timeZone: TimeZone,
  weekly: z.array(Spans).length(7),
  days: SpecialDays.default([]),
});

/** What happens with work that comes while its queue is closed. */
export const OutOfHours = z.strictObject({
  /** Sent to the customer once an interaction, where the channel still takes it; `null`: nothing is said. */
  reply: text(1_000)
    .transform((words) => words.trim() || null)
    .pipe(z.string().nullable())
    .nullable(),
  /** `hold`: it waits, and is offered from the opening on. `ticket`: a ticket is made and the interaction is closed. */
  action: z.enum(["hold", "ticket"]),
});
export type OutOfHours = z.infer<typeof OutOfHours>;
