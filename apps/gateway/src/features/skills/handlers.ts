import type { Handlers } from "../../realtime/handler.ts";
import { removeSkill } from "./remove-skill.ts";
import { saveSkill } from "./save-skill.ts";

export const handlers = {
  "skill.save": async (ctx, caller, input) => ({ skill: await saveSkill(ctx, caller, input) }),
  "skill.remove": async (ctx, caller, { id }) => {
    await removeSkill(ctx, caller, id);
    return {};
  },
} satisfies Pick<Handlers, "skill.save" | "skill.remove">;
