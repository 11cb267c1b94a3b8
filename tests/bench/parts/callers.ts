import { builtInRoles, permissionsOf } from "@tongdai/shared";
import type { Caller } from "../../../apps/gateway/src/context.ts";

/** Somebody who asks, as a session would have it. */
export const callerOf = (
  userId: string,
  role: "agent" | "supervisor",
  queueIds: readonly string[],
): Caller => ({
  userId,
  sessionId: userId,
  roles: [role],
  permissions: permissionsOf([role], builtInRoles),
  queueIds,
});
