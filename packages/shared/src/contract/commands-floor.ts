import { z } from "zod";
import { command } from "./command.ts";
import { Interaction } from "./conversations.ts";
import { WaitingWork } from "./floor.ts";
import { AgentState, AgentStateName, AwayCode } from "./people.ts";
import { ReportDefinition } from "./reports.ts";
import { Points } from "./routing.ts";
import { Id, line, text, Version } from "./scalars.ts";
import { QueueThresholds } from "./thresholds.ts";

const interaction = z.object({ interaction: Interaction });
const note = text(500).default("");
/** Why: the agent reads it. */
const why = line(500);

export const floorCommands = {
  /** From now on this connection hears `floor.changed`: first everything, then what changes. */
  "floor.watch": command("floor.see", z.strictObject({}), z.object({})),
  "floor.unwatch": command("floor.see", z.strictObject({}), z.object({})),
  /** Who waits in a queue, in the order of the line. */
  "floor.line": command(
    "floor.see",
    z.strictObject({ queueId: Id }),
    z.object({
      waiting: z.array(WaitingWork),
      /** The line is longer than what is listed. */
      more: z.boolean(),
    }),
  ),
  /** From where on a queue's figures call, for everybody. Refused with `conflict` when they are not `was` any more. */
  "floor.set_thresholds": command(
    "floor.act",
    z.strictObject({ queueId: Id, was: QueueThresholds, thresholds: QueueThresholds }),
    z.object({ thresholds: QueueThresholds }),
  ),
  /** How everybody's floor reads service level. */
  "floor.define": command(
    "floor.act",
    z.strictObject({ definition: ReportDefinition }),
    z.object({ definition: ReportDefinition }),
  ),
  /** Points that waiting work gets on top of its own; 0 takes them back. */
  "interaction.boost": command(
    "interactions.assign",
    z.strictObject({ interactionId: Id, version: Version, boost: Points, note }),
    interaction,
  ),
  /** Makes the asker the owner, whoever had it. */
  "interaction.take_over": command(
    "interactions.assign",
    z.strictObject({ interactionId: Id, version: Version, note }),
    interaction,
  ),
  "agent.force_state": command(
    "floor.act",
    z.strictObject({
      userId: Id,
      state: AgentStateName.extract(["available", "busy", "away", "offline"]),
      reason: AwayCode.optional(),
      note: why,
    }),
    z.object({ agent: AgentState }),
  ),
  /** Ends all sessions of an agent; what they have in hand goes back at once. */
  "agent.sign_out": command("floor.act", z.strictObject({ userId: Id, note: why }), z.object({})),
};
