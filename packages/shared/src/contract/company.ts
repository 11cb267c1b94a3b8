import { z } from "zod";
import { Id, Millis } from "./scalars.ts";

/** A supervisor who is with a conversation that somebody else has in hand. */
export const Companion = z.object({
  conversationId: Id,
  userId: Id,
  /** False: the agents are not told. */
  visible: z.boolean(),
  since: Millis,
});
export type Companion = z.infer<typeof Companion>;

/** A word between the agent and the supervisors, never for the customer. */
export const Whisper = z.object({
  id: Id,
  conversationId: Id,
  fromId: Id,
  /** The agent who had the work when it was said. */
  agentId: Id,
  text: z.string(),
  at: Millis,
});
export type Whisper = z.infer<typeof Whisper>;
