import { z } from "zod";
import { ChannelId } from "./channel-info.ts";
import { InteractionState } from "./conversations.ts";
import { AgentState } from "./people.ts";
import { ReportDefinition } from "./reports.ts";
import { Points } from "./routing.ts";
import { Id, Millis, Version } from "./scalars.ts";
import { QueueThresholds } from "./thresholds.ts";

const Count = z.number().int();

/** A queue as it stands now. */
export const QueueFloor = z.object({
  queueId: Id,
  /** Nobody has taken them yet; those that are just being offered to somebody included. */
  waiting: Count,
  offered: Count,
  /** They came while the queue was closed and wait for its opening; not counted as waiting. */
  held: Count,
  /** When the first of those may be offered. */
  opensAt: Millis.nullable(),
  /** Since when the one waits that has waited longest. */
  longestSince: Millis.nullable(),
  /** How long somebody who comes now will probably wait, milliseconds; `null`: nobody knows. */
  expectedWait: Millis.nullable(),
  /** From where on these figures are a warning, or an alarm. */
  thresholds: QueueThresholds,
  /** Talks and wrap-ups. */
  inProgress: Count,
  /** Members who are there and available. */
  available: Count,
  /** Of those who are asked for its work, helpers included, who could take a new piece of it now, as the router sees it. */
  free: Count,
});
export type QueueFloor = z.infer<typeof QueueFloor>;

export const HeldWork = z.object({
  interactionId: Id,
  conversationId: Id,
  channel: ChannelId,
  queueId: Id,
  state: InteractionState,
  /** Since when it is in this agent's hands. */
  since: Millis,
  /** Put aside until then; it takes no room. */
  parkedUntil: Millis.nullable(),
  version: Version,
});
export type HeldWork = z.infer<typeof HeldWork>;

export const AgentFloor = z.object({
  ...AgentState.shape,
  /** No client of theirs is connected. */
  lost: z.boolean(),
  inHand: z.array(HeldWork),
});
export type AgentFloor = z.infer<typeof AgentFloor>;

/** What reports say of a queue for today, and of what arrived in the last half hour, by the chosen definition. */
export const QueueDay = z.object({
  queueId: Id,
  offered: Count,
  answered: Count,
  abandoned: Count,
  levelMet: Count,
  levelOf: Count,
  recentMet: Count,
  recentOf: Count,
});
export type QueueDay = z.infer<typeof QueueDay>;

/** What reports say of an agent for today. What runs now is to be added until the moment of reading. */
export const AgentDay = z.object({
  userId: Id,
  handled: Count,
  handlingMs: Count,
  missed: Count,
  busyMs: Count,
  idleMs: Count,
  running: z.object({ what: z.enum(["busy", "idle"]), since: Millis }).nullable(),
});
export type AgentDay = z.infer<typeof AgentDay>;

/** Today's numbers; `full`: those that are not named are nought. */
export const DayChange = z.object({
  full: z.boolean(),
  /** The day of the contact centre's calendar. */
  date: z.iso.date(),
  definition: ReportDefinition,
  queues: z.array(QueueDay),
  agents: z.array(AgentDay),
});
export type DayChange = z.infer<typeof DayChange>;

/** With `full` everything, without it what is different from what was told before. */
export const FloorChange = z.object({
  full: z.boolean(),
  queues: z.array(QueueFloor),
  agents: z.array(AgentFloor),
  /** Left out: nothing of it is different, or it is not reckoned yet. */
  day: DayChange.optional(),
});
export type FloorChange = z.infer<typeof FloorChange>;

/** A large `FloorChange` as JSON, compressed with gzip. */
export const PackedFloor = z.object({
  packed: z.custom<Uint8Array<ArrayBuffer> | ArrayBuffer>(
    (v) => ArrayBuffer.isView(v) || v instanceof ArrayBuffer,
  ),
});
export type PackedFloor = z.infer<typeof PackedFloor>;

/** What a supervisor does on the floor. Codes are stable: they are audited. */
export const SupervisorAct = z.enum([
  "prioritised",
  "moved",
  "assigned",
  "taken_over",
  "woken",
  "state_forced",
  "signed_out",
  "joined",
  "listened",
  "left",
  "whispered",
]);
export type SupervisorAct = z.infer<typeof SupervisorAct>;

/** Somebody who waits, as the supervisor sees them. */
export const WaitingWork = z.object({
  interactionId: Id,
  version: Version,
  conversationId: Id,
  customerId: Id,
  channel: ChannelId,
  customerName: z.string(),
  state: InteractionState,
  waitingSince: Millis,
  boost: Points,
  heldUntil: Millis.nullable(),
  /** Who was asked, while the offer stands. */
  offeredTo: Id.nullable(),
  /** Whom it is kept for by name. */
  transferredTo: Id.nullable(),
  /** What the router found in the way; `null`: it has not looked yet, or somebody is being asked. */
  waitReason: z.string().nullable(),
});
export type WaitingWork = z.infer<typeof WaitingWork>;
