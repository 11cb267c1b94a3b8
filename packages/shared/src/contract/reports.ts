import { z } from "zod";
import { ChannelId } from "./channel-info.ts";
import { AgentStateName, AwayCode } from "./people.ts";
import { Id, Millis } from "./scalars.ts";
import { FormAnswer } from "./wrap-up.ts";

/** An offer of a segment's work to one agent, and how it ended; `null`: it stands. */
export const SegmentOffer = z.object({
  userId: Id,
  at: Millis,
  outcome: z.enum(["accepted", "declined", "missed", "withdrawn"]).nullable(),
  endedAt: Millis.nullable(),
});
export type SegmentOffer = z.infer<typeof SegmentOffer>;

/**
 * One stay of an interaction in one queue, in the hands of at most one agent: the fact behind the numbers of work. A transfer,
 * a take-over and an agent who is gone end a segment and begin the next. Times in epoch milliseconds, durations in milliseconds.
 */
export const ReportSegment = z.object({
  /** Number of the journal's row that began it: the same however often it is reckoned. */
  id: z.number().int(),
  interactionId: Id,
  conversationId: Id,
  customerId: Id,
  queueId: Id,
  channel: ChannelId,
  /** Which of the interaction's segments, from 0. */
  part: z.number().int(),
  /** `customer` wrote, an `agent` wrote first, it came by `transfer` or a take-over, or came back (`requeue`) from an agent who is gone. */
  origin: z.enum(["customer", "agent", "transfer", "requeue"]),
  arrivedAt: Millis,
  /** When the interaction came in, and whether the customer or an agent began it. */
  openedAt: Millis,
  openedBy: z.enum(["customer", "agent"]),
  offers: z.array(SegmentOffer),
  /** When and by whom it was taken. */
  acceptedAt: Millis.nullable(),
  agentId: Id.nullable(),
  /** The first message of any agent to the customer in this segment. */
  repliedAt: Millis.nullable(),
  /** From taking it to the end of the talk, every talk of it. */
  talkMs: z.number().int(),
  /** Of calls. */
  holdMs: z.number().int(),
  /** From the end of the talk to its closing, or to its going on. */
  wrapUpMs: z.number().int(),
  /** Put aside by its agent, between two talks. */
  parkedMs: z.number().int(),
  /** When what runs now began, and what; `null`: it waits, or is over. */
  running: z.object({ what: z.enum(["talk", "parked", "wrap_up"]), since: Millis }).nullable(),
  endedAt: Millis.nullable(),
  /** Number of the journal's row that ended it. */
  endId: z.number().int().nullable(),
  /** How this segment ended; `null`: it goes on. */
  outcome: z.enum(["closed", "transferred", "requeued"]).nullable(),
  disposition: z.string().nullable(),
  /** What was asked at wrap-up. */
  form: z.array(FormAnswer),
  /** Of what was closed by a person: whether the matter is done. `null`: nobody said. */
  resolved: z.boolean().nullable(),
  /** When the same customer's last interaction before this one was closed. */
  lastClosedAt: Millis.nullable(),
  /** When the same customer next came with something. */
  returnedAt: Millis.nullable(),
});
export type ReportSegment = z.infer<typeof ReportSegment>;

/** A time in which an agent was in one state, with or without work in hand: the fact behind the numbers of agents' time. */
export const ReportStretch = z.object({
  /** Number of the journal's row that began it. */
  id: z.number().int(),
  userId: Id,
  /** Never `offline`, nor `away` because the connection was lost: nobody is there. */
  state: AgentStateName,
  reason: AwayCode.nullable(),
  /** Had work in hand; an open offer is work. */
  busy: z.boolean(),
  from: Millis,
  /** `null`: it lasts. */
  until: Millis.nullable(),
  /** Who set the state; `null`: the gateway. */
  by: Id.nullable(),
  /** The state that came after it, where nobody is there in that. */
  left: z.object({ state: AgentStateName, reason: AwayCode.nullable(), by: Id.nullable() }).nullable(),
});
export type ReportStretch = z.infer<typeof ReportStretch>;

/**
 * What service level means. T is the target, answers within it are in time.
 * - `of_offered`: in time / offered. Whoever gave up counts against us ("abandons have negative impact").
 * - `without_short_abandons`: in time / (offered - given up before the short-abandon threshold).
 * - `of_answered`: in time / answered ("abandons ignored").
 * - `late_abandons`: in time / (answered + given up after T). Who gave up within T does not count.
 * - `abandons_met`: (in time + given up within T) / offered ("abandons have positive impact").
 */
export const LevelRule = z.enum([
  "of_offered",
  "without_short_abandons",
  "of_answered",
  "late_abandons",
  "abandons_met",
]);
export type LevelRule = z.infer<typeof LevelRule>;

/** How numbers are to be read; part of every question, shown beside every answer. */
export const ReportDefinition = z.strictObject({
  level: LevelRule.default("without_short_abandons"),
  /** What counts as the answer: an agent took the work, or wrote to the customer. */
  answer: z.enum(["accepted", "replied"]).default("accepted"),
  /** T. */
  targetSeconds: z.number().int().min(1).max(86_400).default(60),
  /** Who gives up before this did not really wait. */
  shortAbandonSeconds: z.number().int().min(0).max(3_600).default(10),
  /** A matter is resolved at first contact when the customer does not come back for so long. */
  repeatDays: z.number().int().min(1).max(30).default(7),
});
export type ReportDefinition = z.infer<typeof ReportDefinition>;

/** A day of the contact centre's calendar. */
export const ReportDate = z.iso.date();

export const ReportFilter = z.strictObject({
  queueId: Id.optional(),
  agentId: Id.optional(),
  channel: ChannelId.optional(),
});
export type ReportFilter = z.infer<typeof ReportFilter>;

export const ReportGroup = z.enum(["queue", "agent", "team", "channel", "hour", "day"]);
export type ReportGroup = z.infer<typeof ReportGroup>;

/** Numbers that rows are counted into: see domain/report/measures. The first list counts segments. */
export const SegmentMeasure = z.enum([
  "segments",
  "interactions",
  "offered",
  "started",
  "waiting",
  "movedOn",
  "answered",
  "answeredInTime",
  "abandoned",
  "shortAbandoned",
  "levelMet",
  "levelOf",
  "handled",
  "transfers",
  "requeued",
  "offersMade",
  "offersAccepted",
  "offersDeclined",
  "offersMissed",
  "firstContacts",
  "firstContactsResolved",
]);
export type SegmentMeasure = z.infer<typeof SegmentMeasure>;

/** Sums of milliseconds of segments. */
export const SegmentTime = z.enum(["waitMs", "abandonWaitMs", "talkMs", "holdMs", "wrapUpMs"]);
export type SegmentTime = z.infer<typeof SegmentTime>;

/** Sums of milliseconds of stretches. */
export const StretchTime = z.enum(["signedOnMs", "availableMs", "busyMs", "idleMs", "awayMs"]);
export type StretchTime = z.infer<typeof StretchTime>;

/** Every number adds up: of groups to the total, of days to a range. Shares and averages are made of them. */
export const ReportSums = z.record(
  z.enum([...SegmentMeasure.options, ...SegmentTime.options, ...StretchTime.options]),
  z.number().int(),
);
export type ReportSums = z.infer<typeof ReportSums>;

/** The group of agents who were in no team. */
export const NO_TEAM = "none";

/** One group of an answer. `key`: an id, a channel, `00` to `23`, a date, `NO_TEAM`; `null`: work that nobody has taken. */
export const ReportRow = z.object({ key: z.string().nullable(), sums: ReportSums });
export type ReportRow = z.infer<typeof ReportRow>;
