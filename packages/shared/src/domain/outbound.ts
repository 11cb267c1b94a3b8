import type { CallPurpose, DialObstacle, OutboundRules } from "../contract/outbound.ts";
import { type PhoneNumber, readPhoneNumber } from "./phone-number.ts";
import { zoneOffset } from "./zone.ts";

/** What may be dialled: a telephone number, or an emergency number. */
export type Dialled = Pick<PhoneNumber, "e164"> & { readonly kind: PhoneNumber["kind"] | "emergency" };

/** Rescue, police, fire, ambulance. Source: the national numbering plan of Vietnam, circular 22/2014/TT-BTTTT. */
const EMERGENCY: readonly string[] = ["112", "113", "114", "115"];

/** @returns `null` for what is no number; an emergency number as it is called */
export function readDialled(text: string): Dialled | null {
  const digits = text.trim();
  if (EMERGENCY.includes(digits)) return { e164: digits, kind: "emergency" };
  return readPhoneNumber(text);
}

const DAY = 86_400_000;
const MINUTE = 60_000;

/** When the day of `now` began by the wall clock of the zone, epoch milliseconds. */
export function dayStart(timeZone: string, now: number): number {
  const offset = zoneOffset(timeZone, now);
  return Math.floor((now + offset) / DAY) * DAY - offset;
}

export interface DialFacts {
  readonly to: Dialled;
  readonly purpose: CallPurpose;
  readonly now: number;
  readonly timeZone: string;
  /** Calls of the caller, and of all, since the day began. */
  readonly byAgent: number;
  readonly byAll: number;
  /** When this number was last called to advertise. */
  readonly advertisedAt: number | null;
  /** They asked to be left alone. */
  readonly optedOut: boolean;
}

export interface DialRefusal {
  readonly code: DialObstacle;
  /** When it may be tried again, epoch milliseconds. */
  readonly until?: number;
  /** How many are allowed. */
  readonly limit?: number;
}

/** What is in the way of calling somebody; `null`: nothing. Nothing is in the way of an emergency number. */
export function obstacleToDial(rules: OutboundRules, facts: DialFacts): DialRefusal | null {
  const { to, byAgent, byAll } = facts;
  if (to.kind === "emergency") return null;
  if (!rules.enabled) return { code: "switched_off" };
  if (to.kind === "service") {
    if (!rules.premium && to.e164.startsWith("1900")) return { code: "premium" };
  } else if (!rules.countries.some((code) => to.e164.startsWith(`+${code}`))) return { code: "country" };
  const tomorrow = nextDay(facts);
  if (rules.perAgent !== null && byAgent >= rules.perAgent)
    return { code: "agent_limit", limit: rules.perAgent, until: tomorrow };
  if (rules.perDay !== null && byAll >= rules.perDay)
    return { code: "day_limit", limit: rules.perDay, until: tomorrow };
  return advertisingObstacle(facts) ?? hoursObstacle(rules, facts);
}

const nextDay = ({ timeZone, now }: DialFacts): number => dayStart(timeZone, now) + DAY;

/** One advertising call a day to a number, and none to whoever refused. Source: Decree 91/2020/NĐ-CP, articles 7 and 13. */
function advertisingObstacle({ purpose, optedOut, advertisedAt, now }: DialFacts): DialRefusal | null {
  if (purpose !== "advertising") return null;
  if (optedOut) return { code: "opted_out" };
  return advertisedAt !== null && now - advertisedAt < DAY
    ? { code: "called_today", until: advertisedAt + DAY }
    : null;
}

function hoursObstacle({ hours }: OutboundRules, facts: DialFacts): DialRefusal | null {
  const span = hours[facts.purpose];
  if (!span) return null;
  const start = dayStart(facts.timeZone, facts.now);
  const [from, to] = span.map((minutes) => start + minutes * MINUTE) as [number, number];
  if (facts.now >= from && facts.now < to) return null;
  return { code: "hours", until: facts.now < from ? from : from + DAY };
}
