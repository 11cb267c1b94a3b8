import { z } from "zod";
import { command } from "./command.ts";
import { AgentStateName, AwayCode } from "./people.ts";
import { Id, Millis, Seq } from "./scalars.ts";

/** A time in which an agent was in one state, with or without work in hand. */
export const AgentSpan = z.object({
  from: Millis,
  /** `null`: it lasts. */
  until: Millis.nullable(),
  state: AgentStateName,
  reason: AwayCode.nullable(),
  /** Who set it: the agent, a supervisor; `null`: the gateway. */
  by: Id.nullable(),
});
export type AgentSpan = z.infer<typeof AgentSpan>;

/** An agent is in a state for longer than its longest time. */
export const Overstay = z.object({
  agentId: Id,
  state: AgentStateName,
  reason: AwayCode.nullable(),
  since: Millis,
  overAt: Millis,
});
export type Overstay = z.infer<typeof Overstay>;

/** An agent is gone, and what they had in hand went back to its queue at its age. */
export const Departure = z.object({
  agentId: Id,
  /** `lost`: the connection; `signed_off`: without a word about the work. */
  why: z.enum(["lost", "signed_off"]),
  since: Millis,
  work: z.array(z.object({ interactionId: Id, conversationId: Id, queueId: Id, customerName: z.string() })),
});
export type Departure = z.infer<typeof Departure>;

const told = { seq: Seq, at: Millis };

/** What supervisors are told of agents. */
export const FloorNotice = z.discriminatedUnion("name", [
  z.object({ ...told, name: z.literal("agent.overstayed"), data: Overstay }),
  z.object({ ...told, name: z.literal("agent.departed"), data: Departure }),
]);
export type FloorNotice = z.infer<typeof FloorNotice>;

export const agentHistoryCommands = {
  /** States of today up to now, oldest first. Somebody else's takes `floor.see`. */
  "agent.history": command(
    "work",
    z.strictObject({ userId: Id }),
    z.object({
      /** When the day began. */
      from: Millis,
      at: Millis,
      spans: z.array(AgentSpan),
      /** Offers that passed unanswered. */
      missed: z.number().int(),
      /** False: the newest changes are still being counted. */
      complete: z.boolean(),
    }),
  ),
  /** The newest of today, newest first. */
  "floor.notices": command("floor.see", z.strictObject({}), z.object({ notices: z.array(FloorNotice) })),
};
