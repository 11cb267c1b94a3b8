import { z } from "zod";
import { OutOfHours } from "./hours.ts";
import { AgentSkills, Limits, QueueRules } from "./routing.ts";
import { Id, line, Millis, Version } from "./scalars.ts";
import { noWaitRules, WaitRules } from "./wait-rules.ts";
import { Disposition, WrapUpRules } from "./wrap-up.ts";

/** Roles that are always there. */
export const BuiltInRole = z.enum(["agent", "supervisor", "admin"]);
export type BuiltInRole = z.infer<typeof BuiltInRole>;

export const RoleId = z.union([BuiltInRole, Id]);

export const Username = line(60).pipe(z.string().regex(/^[a-z0-9._-]+$/));
export const NewPassword = z.string().min(10).max(200);

export const User = z.object({
  id: Id,
  username: z.string(),
  name: z.string(),
  roles: z.array(RoleId),
  skills: AgentSkills,
  disabled: z.boolean(),
  version: Version.default(1),
});
export type User = z.infer<typeof User>;

/** One log-in on one device. `current` marks the one that asks. */
export const Session = z.object({
  id: Id,
  createdAt: Millis,
  lastSeenAt: Millis,
  expiresAt: Millis,
  userAgent: z.string(),
  address: z.string(),
  current: z.boolean(),
});
export type Session = z.infer<typeof Session>;

export const AgentStateName = z.enum(["offline", "available", "busy", "away", "wrap_up"]);
export type AgentStateName = z.infer<typeof AgentStateName>;

/** Why an agent is away: the id of a reason of the state rules, or `missed` and `lost`, which the gateway sets. */
export const AwayCode = z.string().min(1).max(60);

export const AgentState = z.object({
  userId: Id,
  state: AgentStateName,
  reason: AwayCode.nullable(),
  since: Millis,
  /** When the longest time of this state is over; `null`: it has none. */
  overAt: Millis.nullable().default(null),
  limits: Limits,
  /** Interactions held now by kind of work, open offers included. */
  carries: z.object({ call: z.number().int(), chat: z.number().int(), mail: z.number().int() }),
  /** A phone of theirs is registered: calls can ring there. Absent: none is. */
  phone: z.literal(true).optional(),
});
export type AgentState = z.infer<typeof AgentState>;

export const Queue = z.object({
  id: Id,
  version: Version.default(1),
  name: z.string(),
  /** Everybody in it: named themselves or as one of a team. */
  memberIds: z.array(Id),
  /** Those named themselves. */
  namedIds: z.array(Id).default([]),
  teamIds: z.array(Id).default([]),
  offerSeconds: z.number().int(),
  wrapUpSeconds: z.number().int(),
  /** Within how long customers are promised an answer; `null`: nothing is promised. */
  promiseMs: Millis.nullable().default(null),
  dispositions: z.array(Disposition),
  wrapUp: WrapUpRules.prefault({}),
  /** `null`: always open. */
  hoursId: Id.nullable(),
  outOfHours: OutOfHours,
  waiting: WaitRules.default(noWaitRules),
  rules: QueueRules,
});
export type Queue = z.infer<typeof Queue>;

export const AuditRow = z.object({
  id: Id,
  at: Millis,
  actorId: Id.nullable(),
  action: z.string(),
  target: z.string(),
  /** What the target is called, where the reader's own lists do not say it: a customer. */
  targetName: z.string().nullable(),
  /** The network address that it was done from. */
  address: z.string().nullable(),
  detail: z.record(z.string(), z.unknown()),
});
export type AuditRow = z.infer<typeof AuditRow>;
