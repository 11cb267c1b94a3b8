import { z } from "zod";
import { ChannelId, WorkKind } from "./channel-info.ts";
import { Needs, SkillLevel } from "./needs.ts";
import { Id, line, Millis, Version } from "./scalars.ts";

export const Skill = z.object({ id: Id, name: z.string(), version: Version.default(1) });
export type Skill = z.infer<typeof Skill>;

/** Level by skill. */
export const AgentSkills = z.record(Id, SkillLevel);
export type AgentSkills = z.infer<typeof AgentSkills>;

/** Whom a queue asks from some waiting time on. Later rings ask for less, so more agents fit. */
export const Ring = z.strictObject({
  /** Milliseconds of waiting; the first ring begins at 0. */
  afterMs: Millis.max(86_400_000),
  needs: Needs,
  /** Of those who fit, who meets more of these is asked first. */
  prefers: Needs,
});
export type Ring = z.infer<typeof Ring>;

export const Strategy = z.enum(["longest_idle", "least_loaded", "round_robin", "most_skilled"]);
export type Strategy = z.infer<typeof Strategy>;

export const Points = z.number().int().min(0).max(1_000);

const MOST_TAGS = 100;

/** Points; the interaction with most points goes first. */
export const PriorityRule = z.strictObject({
  base: Points,
  perMinute: z.number().min(0).max(1_000),
  /** Of a customer's tags the one that gives most counts. */
  byTag: z
    .record(line(40), Points)
    .refine((tags) => Object.keys(tags).length <= MOST_TAGS, { error: `at most ${MOST_TAGS} tags` }),
  byChannel: z.partialRecord(ChannelId, Points),
  /** Points once the channel's reply window closes within so many milliseconds; the most that applies counts. */
  byWindow: z.array(z.strictObject({ withinMs: Millis, points: Points })).max(10),
});
export type PriorityRule = z.infer<typeof PriorityRule>;

/** Agents of another queue may help after a time, or when the line is longer than a number. */
export const Overflow = z.strictObject({
  queueId: Id,
  afterMs: Millis.max(86_400_000).nullable(),
  longerThan: z.number().int().min(0).max(100_000).nullable(),
});
export type Overflow = z.infer<typeof Overflow>;

/** How a queue's work finds its agent. */
export const QueueRules = z.strictObject({
  /** `pull`: nobody is offered anything, agents pick for themselves. */
  mode: z.enum(["push", "pull"]),
  strategy: Strategy,
  priority: PriorityRule,
  /** In order of `afterMs`; the first begins at 0. */
  rings: z
    .array(Ring)
    .min(1)
    .max(10)
    .refine(
      (rings) =>
        rings.every((r, i) => (i === 0 ? r.afterMs === 0 : r.afterMs > (rings[i - 1]?.afterMs ?? 0))),
      {
        error: "rings begin at 0 and grow",
      },
    ),
  /** How long work is kept for the agent who had this customer last, while that agent is there. 0: not at all. */
  lastAgentMs: Millis.max(86_400_000),
  /** The same for the agent who looks after this customer. */
  ownerMs: Millis.max(86_400_000),
  overflow: z.array(Overflow).max(20),
});
export type QueueRules = z.infer<typeof QueueRules>;

/** What a new queue begins with: the longest idle first, a returning customer's agent before anybody else. */
export const defaultQueueRules: QueueRules = {
  mode: "push",
  strategy: "longest_idle",
  priority: { base: 0, perMinute: 1, byTag: {}, byChannel: {}, byWindow: [] },
  rings: [{ afterMs: 0, needs: [], prefers: [] }],
  lastAgentMs: 30_000,
  ownerMs: 30_000,
  overflow: [],
};

/** One capacity model for all channels. */
export const CapacityRule = z.strictObject({
  /** The part of a live chat that a chat counts for while the customer owes the next word. */
  idleChat: z.number().min(0).max(1),
  /** Work that may come in on top of other work, as if that were not there. */
  interrupts: z.array(z.strictObject({ by: WorkKind, over: WorkKind })).max(9),
});
export type CapacityRule = z.infer<typeof CapacityRule>;

/** The rule that is in force. */
export const Capacity = CapacityRule.extend({ version: Version.default(1) });
export type Capacity = z.infer<typeof Capacity>;

/** A call may interrupt e-mail, nothing may interrupt a chat. */
export const defaultCapacity: CapacityRule = { idleChat: 1, interrupts: [{ by: "call", over: "mail" }] };

/** How many of each kind an agent may carry at once; 0: never any. */
export const Limits = z.strictObject({
  call: z.number().int().min(0).max(1),
  chat: z.number().int().min(0).max(50),
  mail: z.number().int().min(0).max(200),
});
export type Limits = z.infer<typeof Limits>;

export const defaultLimits: Limits = { call: 1, chat: 3, mail: 5 };

/** Why not this agent. */
export const Obstacle = z.discriminatedUnion("code", [
  /** A state, or the reason of being away. */
  z.object({ code: z.literal("not_available"), state: z.string() }),
  z.object({ code: z.literal("not_in_queue") }),
  z.object({ code: z.literal("lacks_skill"), skillId: Id, level: SkillLevel }),
  z.object({
    code: z.literal("at_capacity"),
    kind: WorkKind,
    carried: z.number().int(),
    limit: z.number().int(),
  }),
  /** No phone of theirs is registered at which it could ring. */
  z.object({ code: z.literal("no_phone") }),
  z.object({ code: z.literal("declined") }),
  /** `until`: when others may have it; `null`: never. */
  z.object({ code: z.literal("kept_for"), userId: Id, until: Millis.nullable() }),
  z.object({ code: z.literal("agents_pick") }),
]);
export type Obstacle = z.infer<typeof Obstacle>;

/** Why something happened to an interaction, or did not. The client translates the code and names what it is about. */
export const Reason = z.object({
  code: z.string(),
  /** In which ring of the queue, from 1. */
  ring: z.number().int().optional(),
  /** The queue that was helped by an agent of another. */
  helps: Id.optional(),
  /** How many agents it is true of. */
  agents: z.number().int().optional(),
  /** The state, skill, kind of work or agent that the code is about. */
  of: z.string().optional(),
});
export type Reason = z.infer<typeof Reason>;
