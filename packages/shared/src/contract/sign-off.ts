import { z } from "zod";
import { ChannelId } from "./channel-info.ts";
import { command } from "./command.ts";
import { InteractionState } from "./conversations.ts";
import { AgentState } from "./people.ts";
import { Id, Millis, text } from "./scalars.ts";

/** What becomes of the work that somebody has in hand who signs off. */
export const UnfinishedWork = z.discriminatedUnion("what", [
  /** Parked until the agent is back, or until the longest time of the state rules. */
  z.strictObject({ what: z.literal("keep") }),
  /** Back to its queues, at its age. */
  z.strictObject({ what: z.literal("return") }),
  z.strictObject({ what: z.literal("hand"), userId: Id }),
]);
export type UnfinishedWork = z.infer<typeof UnfinishedWork>;

export const signOffCommands = {
  /** One's own work that is not over: what signing off asks about. */
  "agent.in_hand": command(
    "work",
    z.strictObject({}),
    z.object({
      work: z.array(
        z.object({
          interactionId: Id,
          conversationId: Id,
          channel: ChannelId,
          customerName: z.string(),
          state: InteractionState.extract(["active", "parked", "wrap_up"]),
        }),
      ),
      /** Until when work that is kept would be kept. */
      keepUntil: Millis,
    }),
  ),
  /** Offline, and everything in hand where it was asked to go, at once. What is being wrapped up ends by itself. */
  "agent.sign_off": command(
    "work",
    z.strictObject({ work: UnfinishedWork, note: text(2_000).default("") }),
    z.object({ agent: AgentState }),
  ),
};
