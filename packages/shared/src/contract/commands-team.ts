import { z } from "zod";
import { command } from "./command.ts";
import { Id } from "./scalars.ts";
import { NewTeam, Team } from "./teams.ts";

export const teamCommands = {
  "team.save": command("people.manage", NewTeam, z.object({ team: Team })),
  /** Its people leave the queues that had it, unless they belong there otherwise. */
  "team.remove": command("people.manage", z.strictObject({ id: Id }), z.object({})),
};
