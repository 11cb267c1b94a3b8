import type { Handlers } from "../../realtime/handler.ts";
import { changePassword } from "./change-password.ts";
import { changePlaces } from "./change-places.ts";
import { createUser } from "./create-user.ts";
import { removeRole, saveRole } from "./save-role.ts";
import { listSessions, revokeSession, signOutAgent, signOutUser } from "./sessions.ts";
import { updateUser } from "./update-user.ts";

export { authenticate, loadCaller } from "./authenticate.ts";
export { createUser } from "./create-user.ts";
export { type LogInInput, logIn, type NewSession } from "./log-in.ts";
export { networkOf } from "./network-of.ts";
export { logOut } from "./sessions.ts";

export const handlers = {
  "session.list": async (ctx, caller) => ({ sessions: await listSessions(ctx, caller) }),
  "session.revoke": async (ctx, caller, input) => {
    await revokeSession(ctx, caller, input.sessionId);
    return {};
  },
  "password.change": async (ctx, caller, input) => {
    await changePassword(ctx, caller, input);
    return {};
  },
  "user.create": async (ctx, caller, input) => ({
    user: await createUser(ctx, caller, input, (tx, userId) =>
      changePlaces(tx, ctx, { userId, actorId: caller.userId, to: input }),
    ),
  }),
  "user.sign_out": async (ctx, caller, input) => {
    await signOutUser(ctx, caller, input.userId);
    return {};
  },
  "user.update": async (ctx, caller, input) => ({ user: await updateUser(ctx, caller, input) }),
  "role.save": async (ctx, caller, input) => ({ role: await saveRole(ctx, caller, input) }),
  "role.remove": async (ctx, caller, { id }) => {
    await removeRole(ctx, caller, id);
    return {};
  },
  "agent.sign_out": async (ctx, caller, input) => {
    await signOutAgent(ctx, caller, input);
    return {};
  },
} satisfies Pick<
  Handlers,
  | "role.save"
  | "role.remove"
  | "user.sign_out"
  | "agent.sign_out"
  | "session.list"
  | "session.revoke"
  | "password.change"
  | "user.create"
  | "user.update"
>;
