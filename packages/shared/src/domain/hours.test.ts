import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import { type Hours, NewHours, OutOfHours, type Spans } from "../contract/hours.ts";
import { HOURS_HORIZON_MS, isOpen, nextChange, nextOpening } from "./hours.ts";

const MINUTE = 60_000;
const DAY = 86_400_000;
type OpenHours = Pick<Hours, "timeZone" | "weekly" | "days">;

/** What the zone's wall clock shows, asked of Intl in other words than the code under test asks it. */
function wallClock(timeZone: string): (at: number) => { date: string; weekday: number; minute: number } {
  const names = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
  const format = new Intl.DateTimeFormat("en-GB", {
    timeZone,
    weekday: "short",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  });
  return (at) => {
    const part = Object.fromEntries(format.formatToParts(at).map((p) => [p.type, p.value]));
    return {
      date: `${part["year"]}-${part["month"]}-${part["day"]}`,
      weekday: names.indexOf(part["weekday"] ?? ""),
      minute: Number(part["hour"]) * 60 + Number(part["minute"]),
    };
  };
}

/** Minute by minute from `start` on: whether it is open. */
function naive(hours: OpenHours, start: number, minutes: number): boolean[] {
  const read = wallClock(hours.timeZone);
  return Array.from({ length: minutes }, (_, i) => {
    const { date, weekday, minute } = read(start + i * MINUTE);
    const spans = hours.days.find((d) => d.date === date)?.spans ?? hours.weekly[weekday] ?? [];
    return spans.some(([from, to]) => from <= minute && minute < to);
  });
}

const none: Spans[] = Array.from({ length: 7 }, () => []);
const everyDay = (...spans: Spans): Spans[] => Array.from({ length: 7 }, () => spans);
const h = (hour: number, minute = 0): number => hour * 60 + minute;

/** Each within a day or so of a change of the clocks, or of none at all. */
const places: readonly (readonly [string, string])[] = [
  ["Europe/Berlin", "2026-03-29T01:00Z"],
  ["Europe/Berlin", "2026-10-25T01:00Z"],
  ["America/Sao_Paulo", "2017-10-15T03:00Z"],
  ["America/Sao_Paulo", "2018-02-18T02:00Z"],
  ["America/New_York", "2027-03-14T07:00Z"],
  ["Australia/Lord_Howe", "2026-04-04T15:00Z"],
  ["Asia/Ho_Chi_Minh", "2026-09-02T00:00Z"],
  ["Asia/Kathmandu", "2027-01-01T00:00Z"],
  ["Pacific/Apia", "2011-12-30T10:00Z"],
];

const spans: fc.Arbitrary<Spans> = fc
  .uniqueArray(fc.integer({ min: 0, max: 96 }), { maxLength: 6 })
  .map((quarters) => {
    const minutes = quarters.map((q) => q * 15).sort((a, b) => a - b);
    return Array.from({ length: Math.floor(minutes.length / 2) }, (_, i) => [
      minutes[2 * i] ?? 0,
      minutes[2 * i + 1] ?? 0,
    ]);
  });

const scenes = fc
  .record({
    place: fc.constantFrom(...places),
    weekly: fc.oneof(fc.array(spans, { minLength: 7, maxLength: 7 }), fc.constant(everyDay([0, h(24)]))),
    days: fc.uniqueArray(fc.record({ after: fc.integer({ min: -1, max: 3 }), spans }), {
      maxLength: 3,
      selector: (d) => d.after,
    }),
    back: fc.integer({ min: 0, max: 2 * DAY }),
  })
  .map(({ place: [timeZone, around], weekly, days, back }) => {
    const at = Date.parse(around);
    return {
      now: at - back,
      hours: {
        timeZone,
        weekly,
        days: days.map((d) => ({
          date: new Date(at + d.after * DAY).toISOString().slice(0, 10),
          name: "riêng",
          spans: d.spans,
        })),
      },
    };
  });

const LOOK = 5 * 1_440;

describe("hours against a clock that is read minute by minute", () => {
  test("open, next opening and next change", () => {
    fc.assert(
      fc.property(scenes, ({ hours, now }) => {
        const start = Math.floor(now / MINUTE) * MINUTE;
        const truth = naive(hours, start, LOOK);
        expect(isOpen(hours, now)).toBe(truth[0]);
        for (let i = 1; i < LOOK; i += 97) expect(isOpen(hours, start + i * MINUTE)).toBe(truth[i]);

        const opening = truth.indexOf(true);
        const said = nextOpening(hours, now);
        if (opening === 0) expect(said).toBe(now);
        else if (opening > 0) expect(said).toBe(start + opening * MINUTE);
        else expect(said ?? Number.POSITIVE_INFINITY).toBeGreaterThanOrEqual(start + LOOK * MINUTE);

        const change = truth.indexOf(!truth[0]);
        const next = nextChange(hours, now);
        if (change > 0) expect(next).toBe(start + change * MINUTE);
        else expect(next ?? Number.POSITIVE_INFINITY).toBeGreaterThanOrEqual(start + LOOK * MINUTE);
      }),
      { numRuns: 60 },
    );
  }, 60_000);
});

describe("hours", () => {
  const office: OpenHours = {
    timeZone: "Asia/Ho_Chi_Minh",
    weekly: [...everyDay([h(8), h(12)], [h(13), h(17, 30)]).slice(0, 5), [], []],
    days: [
      { date: "2026-09-02", name: "Quốc khánh", spans: [] },
      { date: "2026-09-05", name: "Làm bù", spans: [[h(9), h(11)]] },
    ],
  };
  const at = (local: string) => Date.parse(`${local}+07:00`);

  test("a holiday takes the place of the weekday, and a day of extra work opens a Saturday", () => {
    expect(isOpen(office, at("2026-09-01T10:00"))).toBe(true);
    expect(isOpen(office, at("2026-09-02T10:00"))).toBe(false);
    expect(nextOpening(office, at("2026-09-01T17:30"))).toBe(at("2026-09-03T08:00"));
    expect(nextChange(office, at("2026-09-04T17:30"))).toBe(at("2026-09-05T09:00"));
    expect(nextOpening(office, at("2026-09-05T11:00"))).toBe(at("2026-09-07T08:00"));
  });

  test("the end of a span is closed, its beginning open, to the millisecond", () => {
    expect(isOpen(office, at("2026-09-01T12:00"))).toBe(false);
    expect(isOpen(office, at("2026-09-01T12:00") - 1)).toBe(true);
    expect(isOpen(office, at("2026-09-01T13:00"))).toBe(true);
    expect(nextChange(office, at("2026-09-01T12:00") - 1)).toBe(at("2026-09-01T12:00"));
  });

  test("a night shift runs through midnight without a break", () => {
    const night = { ...office, weekly: everyDay([0, h(6)], [h(22), h(24)]), days: [] };
    expect(nextChange(night, at("2026-09-01T23:00"))).toBe(at("2026-09-02T06:00"));
  });

  test("never open, always open, and open beyond what is looked ahead", () => {
    const never = { ...office, weekly: none, days: [] };
    const always = { ...office, weekly: everyDay([0, h(24)]), days: [] };
    const now = at("2026-09-01T10:00");
    expect([isOpen(never, now), nextOpening(never, now), nextChange(never, now)]).toEqual([
      false,
      null,
      null,
    ]);
    expect([isOpen(always, now), nextOpening(always, now), nextChange(always, now)]).toEqual([
      true,
      now,
      null,
    ]);
    const far = { ...never, days: [{ date: "2030-01-01", name: "xa", spans: [[0, 60]] as Spans }] };
    expect(nextOpening(far, now)).toBeNull();
    expect(nextOpening(far, at("2030-01-01T00:00") - HOURS_HORIZON_MS + DAY)).toBe(at("2030-01-01T00:00"));
  });

  test("an hour that the clocks skip is never open, and one that they show twice is open twice", () => {
    const small = { timeZone: "Europe/Berlin", weekly: everyDay([h(2), h(3)]), days: [] };
    const spring = Date.parse("2026-03-29T00:30Z");
    expect(nextOpening(small, spring)).toBe(Date.parse("2026-03-30T00:00Z"));
    const autumn = Date.parse("2026-10-25T00:30Z");
    expect(isOpen(small, autumn)).toBe(true);
    expect(nextChange(small, autumn)).toBe(Date.parse("2026-10-25T02:00Z"));
  });

  test("asking for every waiting item asks Intl once", () => {
    const now = at("2026-09-01T10:00");
    isOpen(office, now);
    const asked = vi.spyOn(Intl.DateTimeFormat.prototype, "formatToParts");
    for (let i = 0; i < 1_000; i++) isOpen(office, now + i);
    expect(asked).not.toHaveBeenCalled();
    asked.mockRestore();
  });
});

describe("hours on the wire", () => {
  const given = { name: "Hành chính", timeZone: "Asia/Ho_Chi_Minh", weekly: none };
  const refused = (change: object) => NewHours.safeParse({ ...given, ...change }).success === false;
  const monday = (...of: number[][]) => ({ weekly: [of, [], [], [], [], [], []] });

  test("spans are within a day, in order, and not over one another", () => {
    expect(NewHours.parse({ ...given, ...monday([0, 60], [60, 1_440]) }).weekly[0]).toHaveLength(2);
    expect(refused(monday([60, 60]))).toBe(true);
    expect(refused(monday([1_320, 360]))).toBe(true);
    expect(refused(monday([0, 1_441]))).toBe(true);
    expect(refused(monday([480, 720], [700, 1_000]))).toBe(true);
    expect(refused(monday([700, 1_000], [480, 600]))).toBe(true);
    expect(refused({ weekly: none.slice(1) })).toBe(true);
  });

  test("a time zone has a name that the computer knows", () => {
    expect(refused({ timeZone: "Asia/Sai_Gon" })).toBe(true);
    expect(refused({ timeZone: "+07:00" })).toBe(true);
    expect(refused({ timeZone: "" })).toBe(true);
    expect(refused({ timeZone: "Europe/Berlin" })).toBe(false);
  });

  test("a date is in the calendar, and has one entry", () => {
    const day = (date: string) => ({ date, name: "Tết", spans: [] });
    expect(refused({ days: [day("2026-02-30")] })).toBe(true);
    expect(refused({ days: [day("2026-02-17"), day("2026-02-17")] })).toBe(true);
    expect(refused({ days: [day("2026-02-17"), day("2026-02-18")] })).toBe(false);
  });

  test("an automatic answer of spaces is none", () => {
    expect(OutOfHours.parse({ reply: "  ", action: "hold" }).reply).toBeNull();
    expect(OutOfHours.parse({ reply: " Mai ạ ", action: "ticket" }).reply).toBe("Mai ạ");
  });
});
