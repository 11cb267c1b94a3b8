import type { Handlers } from "../../realtime/handler.ts";
import { join, leave } from "./join.ts";
import { company, whisper } from "./whisper.ts";

export { endCompany, isSilent, keepsCompany, leaveAll } from "./join.ts";

export const handlers = {
  "conversation.join": async (ctx, caller, input) => ({ companion: await join(ctx, caller, input) }),
  "conversation.leave": async (ctx, caller, { conversationId }) => {
    await leave(ctx, caller, conversationId);
    return {};
  },
  "conversation.company": (ctx, caller, { conversationId }) => company(ctx, caller, conversationId),
  "whisper.send": async (ctx, caller, input) => ({ whisper: await whisper(ctx, caller, input) }),
} satisfies Partial<Handlers>;
