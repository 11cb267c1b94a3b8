import { z } from "zod";
import { command } from "./command.ts";
import { Hours, NewHours } from "./hours.ts";
import { Id } from "./scalars.ts";

export const hoursCommands = {
  "hours.save": command("people.manage", NewHours, z.object({ hours: Hours })),
  /** Refused with `conflict` while a queue goes by them. */
  "hours.remove": command("people.manage", z.strictObject({ id: Id }), z.object({})),
};
