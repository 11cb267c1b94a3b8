import { z } from "zod";
import { Span } from "./hours.ts";
import { Id, Version } from "./scalars.ts";

/** `advertising`: the law says when and how often; `service`: everything else. */
export const CallPurpose = z.enum(["service", "advertising"]);
export type CallPurpose = z.infer<typeof CallPurpose>;

/** Why a number is not called now; the details of `call_refused` name it. */
export const DialObstacle = z.enum([
  /** Nobody calls out: by the rules, or there is no trunk to call by. */
  "switched_off",
  "no_trunk",
  /** An emergency number, which this exchange cannot reach: by another telephone. */
  "emergency_unreachable",
  "bad_number",
  /** Not among the countries of the rules. */
  "country",
  /** 1900…: whoever calls pays more. */
  "premium",
  /** The caller's own phone is not there. */
  "no_phone",
  /** No number of ours is shown for the queues of the caller, or not for the one that was named. */
  "no_caller_number",
  "agent_limit",
  "day_limit",
  /** `until` says when they may. */
  "hours",
  /** Advertised to within a day. */
  "called_today",
  "opted_out",
]);
export type DialObstacle = z.infer<typeof DialObstacle>;

const rules = {
  enabled: z.boolean(),
  /** The number of ours that is shown, by the queue for which is called; a queue whose own number it is needs no entry. */
  callers: z.array(z.strictObject({ queueId: Id, accountId: Id })).max(500),
  /** Calling codes (ITU-T E.164) of the countries that may be called. */
  countries: z.array(z.string().regex(/^[1-9]\d{0,2}$/, "write a calling code as 84")).max(250),
  premium: z.boolean(),
  /** Calls a day of one agent, and of all; `null`: any. */
  perAgent: z.number().int().min(1).max(100_000).nullable(),
  perDay: z.number().int().min(1).max(10_000_000).nullable(),
  /** By the wall clock of the contact centre; `null`: at any time. */
  hours: z.strictObject({ service: Span.nullable(), advertising: Span }),
};

/** Who may be called from here, and when. Emergency numbers are always called. */
export const OutboundRules = z.object({ ...rules, version: Version });
export type OutboundRules = z.infer<typeof OutboundRules>;

export const NewOutboundRules = z.strictObject({ ...rules, version: Version });

/** What a new contact centre begins with. Hours of advertising: Decree 91/2020/NĐ-CP of Vietnam, article 13. */
export const defaultOutboundRules: OutboundRules = {
  enabled: true,
  callers: [],
  countries: ["84"],
  premium: false,
  perAgent: 200,
  perDay: 2_000,
  hours: { service: null, advertising: [8 * 60, 17 * 60] },
  version: 1,
};
