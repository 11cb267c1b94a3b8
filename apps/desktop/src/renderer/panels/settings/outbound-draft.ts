import type { OutboundRules, Span } from "@tongdai/shared";
import { same } from "../../state/same.ts";
import { parseSpans, writeSpans } from "./hours-text.ts";

type Rules = Omit<OutboundRules, "version">;

/** The rules for calls out as they are typed. */
export interface OutboundDraft extends Pick<Rules, "enabled" | "premium" | "callers"> {
  readonly countries: string;
  readonly perAgent: string;
  readonly perDay: string;
  readonly service: string;
  readonly advertising: string;
}

export const mostCalls = { perAgent: 100_000, perDay: 10_000_000 } as const;

export const draftOf = ({
  enabled,
  premium,
  callers,
  countries,
  hours,
  ...limits
}: Rules): OutboundDraft => ({
  enabled,
  premium,
  callers,
  countries: countries.join(", "),
  perAgent: String(limits.perAgent ?? ""),
  perDay: String(limits.perDay ?? ""),
  service: writeSpans(hours.service ? [hours.service] : []),
  advertising: writeSpans([hours.advertising]),
});

/** Somebody else has saved: what was typed here stays, what was not touched follows. */
export function follow(draft: OutboundDraft, was: OutboundRules, now: OutboundRules): OutboundDraft {
  const before: Readonly<Record<string, unknown>> = { ...draftOf(was) };
  const touched = Object.entries(draft).filter(([field, value]) => !same(value, before[field]));
  return { ...draftOf(now), ...Object.fromEntries(touched) };
}

/** @returns calling codes, each once; `null`: not understood */
export function parseCodes(text: string): string[] | null {
  const codes = text
    .split(/[\s,;]+/)
    .map((code) => code.replace(/^(\+|00)/, ""))
    .filter(Boolean);
  return codes.every((code) => /^[1-9]\d{0,2}$/.test(code)) ? [...new Set(codes)] : null;
}

/** Nothing is `null`, no limit; "2.000" is two thousand. @returns `undefined`: not a number that may stand there */
function parseLimit(text: string, most: number): number | null | undefined {
  if (text === "") return null;
  const digits = text.replace(/[., ](?=\d{3}(?!\d))/g, "");
  const limit = /^\d+$/.test(digits) ? Number(digits) : 0;
  return limit >= 1 && limit <= most ? limit : undefined;
}

function parseSpan(text: string): Span | undefined {
  const spans = parseSpans(text);
  return spans?.length === 1 ? spans[0] : undefined;
}

type Typed = "countries" | "perAgent" | "perDay" | "service" | "advertising";

/** What was typed as rules, or the first field that is wrong. */
export function rulesOf(draft: OutboundDraft): Rules | { readonly wrong: Typed } {
  const countries = parseCodes(draft.countries);
  const perAgent = parseLimit(draft.perAgent, mostCalls.perAgent);
  const perDay = parseLimit(draft.perDay, mostCalls.perDay);
  const service = draft.service.trim() === "" ? null : parseSpan(draft.service);
  const advertising = parseSpan(draft.advertising);
  if (countries === null) return { wrong: "countries" };
  if (perAgent === undefined) return { wrong: "perAgent" };
  if (perDay === undefined) return { wrong: "perDay" };
  if (service === undefined) return { wrong: "service" };
  if (advertising === undefined) return { wrong: "advertising" };
  const { enabled, premium, callers } = draft;
  return { enabled, premium, callers, countries, perAgent, perDay, hours: { service, advertising } };
}
