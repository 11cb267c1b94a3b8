import { z } from "zod";
import { ReportDate, ReportDefinition, ReportSums } from "./reports.ts";
import { AgentSkills, CapacityRule, Limits, QueueRules } from "./routing.ts";
import { Id, Millis } from "./scalars.ts";
import { WaitRules } from "./wait-rules.ts";

/** What of a queue is other than it was; what is left out stays. */
export const QueueChange = z.strictObject({
  queueId: Id,
  memberIds: z.array(Id).max(1_000).optional(),
  offerSeconds: z.number().int().min(5).max(600).optional(),
  rules: QueueRules.optional(),
  waiting: WaitRules.optional(),
});
export type QueueChange = z.infer<typeof QueueChange>;

export const PersonChange = z.strictObject({
  userId: Id,
  skills: AgentSkills.optional(),
  limits: Limits.optional(),
});

/** So many agents more, or fewer, in a queue from one hour of the day (included) to another (not). */
export const StaffChange = z
  .strictObject({
    queueId: Id,
    fromHour: z.number().int().min(0).max(23),
    toHour: z.number().int().min(1).max(24),
    count: z.number().int().min(-100).max(100),
  })
  .refine((s) => s.fromHour < s.toHour, { error: "it ends after it begins", path: ["toHour"] });
export type StaffChange = z.infer<typeof StaffChange>;

const Percent = z.number().int().min(-90).max(300).default(0);

/** What is tried out on a recorded day. Nothing of it is saved. */
export const ReplayChanges = z.strictObject({
  queues: z.array(QueueChange).max(200).default([]),
  people: z.array(PersonChange).max(1_000).default([]),
  staff: z.array(StaffChange).max(50).default([]),
  capacity: CapacityRule.optional(),
  /** More or less work. */
  arrivalsPercent: Percent,
  /** Longer or shorter work: talk, hold and wrap-up. */
  handlePercent: Percent,
});
export type ReplayChanges = z.infer<typeof ReplayChanges>;

export const ReplayQuestion = z.strictObject({
  day: ReportDate,
  definition: ReportDefinition.prefault({}),
  changes: ReplayChanges.prefault({}),
  /** What chance there is, is drawn from it: the same seed gives the same day. */
  seed: z.number().int().min(0).max(1_000_000).default(1),
});
export type ReplayQuestion = z.infer<typeof ReplayQuestion>;

/** Numbers of one group. Waits are those of everybody who was answered or gave up. */
export const ReplayRow = z.object({
  key: z.string().nullable(),
  sums: ReportSums,
  p90WaitMs: Millis.nullable(),
  longestWaitMs: Millis.nullable(),
});
export type ReplayRow = z.infer<typeof ReplayRow>;

/** One run of a day. An agent's time is of no queue. */
export const ReplaySide = z.object({
  total: ReplayRow,
  queues: z.array(ReplayRow),
  hours: z.array(ReplayRow),
  agents: z.array(ReplayRow),
});
export type ReplaySide = z.infer<typeof ReplaySide>;

/** What had to be assumed, and of how many it is true; see docs/replay.md. */
export const ReplayNote = z.object({
  code: z.enum([
    /** Queues whose rules were saved within the day: those at its end are used. */
    "rules_changed",
    /** Queues and people of whom no record says how they were: they count as they are now. */
    "as_now",
    /** Queues whose agents pick: in the replay the first who is free takes the first of the line. */
    "picked",
    /** Customers who were answered: how long they would have waited is estimated from those who gave up. */
    "patience",
    /** Offers that were declined: who is asked for the same work again declines it again, and nobody else does. */
    "declined",
    /** Work that was put aside: it is again, after as much of it and for as long as it was then. */
    "parked",
    /** Work begun before the day that is still in hand or in line when it begins. */
    "carried",
    /** Work that still went on when the facts were read: how long it takes is drawn from the others. */
    "going_on",
  ]),
  count: z.number().int(),
});
export type ReplayNote = z.infer<typeof ReplayNote>;

export const ReplayResult = z.object({
  day: ReportDate,
  timeZone: z.string(),
  recorded: ReplaySide,
  /** The recorded day, run again as it was. */
  replayed: ReplaySide,
  changed: ReplaySide,
  notes: z.array(ReplayNote),
});
export type ReplayResult = z.infer<typeof ReplayResult>;
