import { z } from "zod";
import { command } from "./command.ts";
import { WaitingWork } from "./floor.ts";
import { Id } from "./scalars.ts";

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
};
