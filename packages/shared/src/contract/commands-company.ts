import { z } from "zod";
import { command } from "./command.ts";
import { Companion, Whisper } from "./company.ts";
import { ClientId, Id, line } from "./scalars.ts";

export const companyCommands = {
  /**
   * Joins a conversation that somebody else has in hand, or changes how: silently its agents are not told, and nothing can be
   * written to the customer. It ends with the work.
   */
  "conversation.join": command(
    "floor.act",
    z.strictObject({ conversationId: Id, visible: z.boolean() }),
    z.object({ companion: Companion }),
  ),
  "conversation.leave": command("floor.act", z.strictObject({ conversationId: Id }), z.object({})),
  /** Who is with a conversation and what was whispered, as far as the asker may know. Whispers oldest first. */
  "conversation.company": command(
    "work",
    z.strictObject({ conversationId: Id }),
    z.object({ companions: z.array(Companion), whispers: z.array(Whisper) }),
  ),
  /** From a supervisor to the agent who has the work, or from that agent to the supervisors. The same `clientId` again gives the same. */
  "whisper.send": command(
    "work",
    z.strictObject({ clientId: ClientId, conversationId: Id, text: line(2_000) }),
    z.object({ whisper: Whisper }),
  ),
};
