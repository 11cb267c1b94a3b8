import type { Handlers } from "../../realtime/handler.ts";
import { removeHours } from "./remove-hours.ts";
import { saveHours } from "./save-hours.ts";

export const handlers = {
  "hours.save": async (ctx, caller, input) => ({ hours: await saveHours(ctx, caller, input) }),
  "hours.remove": async (ctx, caller, { id }) => {
    await removeHours(ctx, caller, id);
    return {};
  },
} satisfies Pick<Handlers, "hours.save" | "hours.remove">;
