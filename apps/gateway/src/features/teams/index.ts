import type { Handlers } from "../../realtime/handler.ts";
import { removeTeam } from "./remove-team.ts";
import { saveTeam } from "./save-team.ts";

export const handlers = {
  "team.save": async (ctx, caller, input) => ({ team: await saveTeam(ctx, caller, input) }),
  "team.remove": async (ctx, caller, { id }) => {
    await removeTeam(ctx, caller, id);
    return {};
  },
} satisfies Pick<Handlers, "team.save" | "team.remove">;
