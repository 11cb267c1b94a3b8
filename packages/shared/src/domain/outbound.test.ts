import { describe, expect, test } from "vitest";
import { defaultOutboundRules, type OutboundRules } from "../contract/outbound.ts";
import { type DialFacts, dayStart, obstacleToDial, readDialled } from "./outbound.ts";

const timeZone = "Asia/Ho_Chi_Minh";
const at = (time: string): number => Date.parse(`2026-11-23T${time}:00+07:00`);
const to = (text: string) => readDialled(text) ?? { e164: "", kind: "mobile" as const };

const facts = (change: Partial<DialFacts> = {}): DialFacts => ({
  to: to("0901234567"),
  purpose: "service",
  now: at("10:00"),
  timeZone,
  byAgent: 0,
  byAll: 0,
  advertisedAt: null,
  optedOut: false,
  ...change,
});
const code = (change: Partial<DialFacts>, rules: Partial<OutboundRules> = {}) =>
  obstacleToDial({ ...defaultOutboundRules, ...rules }, facts(change))?.code ?? null;

test("a number is read as people write it, and an emergency number as it is called", () => {
  expect(
    [" 0163 234 5678", "+1 212 555 0100", "19001234", "113", "115 ", "116", "abc"].map(readDialled),
  ).toEqual([
    expect.objectContaining({ e164: "+84332345678", kind: "mobile" }),
    expect.objectContaining({ e164: "+12125550100", kind: "foreign" }),
    expect.objectContaining({ e164: "19001234", kind: "service" }),
    { e164: "113", kind: "emergency" },
    { e164: "115", kind: "emergency" },
    null,
    null,
  ]);
});

describe("a call out is refused", () => {
  test("to countries that are not allowed, and to numbers that cost more", () => {
    expect(code({ to: to("+1 212 555 0100") })).toBe("country");
    expect(code({ to: to("+1 212 555 0100") }, { countries: ["84", "1"] })).toBeNull();
    expect(code({}, { countries: [] })).toBe("country");
    expect(code({ to: to("19001234") })).toBe("premium");
    expect(code({ to: to("19001234") }, { premium: true })).toBeNull();
    expect(code({ to: to("18001234") })).toBeNull();
  });

  test("beyond the day's calls of an agent and of all, until the next day begins", () => {
    const rules = { ...defaultOutboundRules, perAgent: 2, perDay: 5 };
    expect(obstacleToDial(rules, facts({ byAgent: 1, byAll: 4 }))).toBeNull();
    expect(obstacleToDial(rules, facts({ byAgent: 2, byAll: 4 }))).toEqual({
      code: "agent_limit",
      limit: 2,
      until: Date.parse("2026-11-24T00:00:00+07:00"),
    });
    expect(code({ byAll: 5 }, { perDay: 5 })).toBe("day_limit");
    expect(code({ byAgent: 1e6, byAll: 1e6 }, { perAgent: null, perDay: null })).toBeNull();
  });

  test("outside of its hours, with the time from which it may be made", () => {
    const early = obstacleToDial(defaultOutboundRules, facts({ purpose: "advertising", now: at("07:59") }));
    expect(early).toEqual({ code: "hours", until: at("08:00") });
    const late = obstacleToDial(defaultOutboundRules, facts({ purpose: "advertising", now: at("17:00") }));
    expect(late).toEqual({ code: "hours", until: at("08:00") + 86_400_000 });
    expect(code({ purpose: "advertising", now: at("16:59") })).toBeNull();
    expect(code({ now: at("23:00") })).toBeNull();
    const hours = { ...defaultOutboundRules.hours, service: [420, 1260] as [number, number] };
    expect(code({ now: at("23:00") }, { hours })).toBe("hours");
  });

  test("to advertise twice within a day, or to whoever wants none", () => {
    const advertising = { purpose: "advertising" } as const;
    expect(code({ ...advertising, advertisedAt: at("10:00") - 86_399_999 })).toBe("called_today");
    expect(code({ ...advertising, advertisedAt: at("10:00") - 86_400_000 })).toBeNull();
    expect(code({ ...advertising, optedOut: true })).toBe("opted_out");
    expect(code({ optedOut: true, advertisedAt: at("09:59") })).toBeNull();
  });

  test("by nothing when it goes to an emergency number", () => {
    const strict = { enabled: false, countries: [], perAgent: 1, perDay: 1 };
    expect(code({ to: to("114"), byAgent: 9, byAll: 9 }, strict)).toBeNull();
    expect(code({}, strict)).toBe("switched_off");
  });
});

test("a day begins at midnight where the contact centre is", () => {
  expect(dayStart(timeZone, at("00:00"))).toBe(at("00:00"));
  expect(dayStart(timeZone, at("23:59"))).toBe(at("00:00"));
});
