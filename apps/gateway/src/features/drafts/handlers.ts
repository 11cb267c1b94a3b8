import type { Handlers } from "../../realtime/handler.ts";
import { saveDraft } from "./save-draft.ts";

export const handlers = {
  "draft.save": async (ctx, caller, input) => ({ draft: await saveDraft(ctx, caller, input) }),
} satisfies Pick<Handlers, "draft.save">;
