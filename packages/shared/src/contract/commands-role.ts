import { z } from "zod";
import { command } from "./command.ts";
import { NewRole, Role } from "./permissions.ts";
import { Id } from "./scalars.ts";

export const roleCommands = {
  /** Takes effect at once for whoever has the role. */
  "role.save": command("roles.manage", NewRole, z.object({ role: Role })),
  /** Of one's own making only. Refused with `conflict`, reason `in_use`, while somebody has it. */
  "role.remove": command("roles.manage", z.strictObject({ id: Id }), z.object({})),
};
