import type { Handlers } from "../../realtime/handler.ts";
import { removeCannedReply } from "./remove-canned-reply.ts";
import { saveCannedReply } from "./save-canned-reply.ts";

export const handlers = {
  "canned_reply.save": async (ctx, caller, input) => ({
    cannedReply: await saveCannedReply(ctx, caller, input),
  }),
  "canned_reply.remove": async (ctx, caller, { id }) => {
    await removeCannedReply(ctx, caller, id);
    return {};
  },
} satisfies Pick<Handlers, "canned_reply.save" | "canned_reply.remove">;
