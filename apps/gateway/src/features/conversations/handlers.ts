import type { Handlers } from "../../realtime/handler.ts";
import { addNote, reactTo, resolveMessage } from "./act.ts";
import { begin } from "./begin.ts";
import { listFailures, resendFailures } from "./failed-sends.ts";
import { get, list, markRead, messages, search, setTyping } from "./look.ts";
import { moderate } from "./moderate.ts";
import { optIn } from "./opt-in.ts";
import { sendMessage } from "./send-message.ts";
import { sendTemplate } from "./send-template.ts";
import { messageSeenBy } from "./shown-messages.ts";
import { listTemplates } from "./template-cache.ts";
import { waysTo } from "./ways.ts";

export const handlers = {
  "conversation.list": list,
  "conversation.get": (ctx, caller, { conversationId }) => get(ctx, caller, conversationId),
  "conversation.messages": messages,
  "conversation.read": async (ctx, caller, { conversationId }) => {
    await markRead(ctx, caller, conversationId);
    return {};
  },
  "conversation.search": search,
  "conversation.ways": async (ctx, caller, { customerId }) => ({
    ways: await waysTo(ctx, caller, customerId),
  }),
  "conversation.begin": async (ctx, caller, input) => ({ conversation: await begin(ctx, caller, input) }),
  "conversation.opt_in": async (ctx, caller, input) => ({ conversation: await optIn(ctx, caller, input) }),
  "typing.set": async (ctx, caller, input) => {
    await setTyping(ctx, caller, input);
    return {};
  },
  "message.send": async (ctx, caller, input) => ({ messages: await sendMessage(ctx, caller, input) }),
  "template.list": listTemplates,
  "template.send": async (ctx, caller, input) => ({ message: await sendTemplate(ctx, caller, input) }),
  "message.resolve": async (ctx, caller, input) => ({ message: await resolveMessage(ctx, caller, input) }),
  "message.failures": (ctx, _caller, input) => listFailures(ctx, input),
  "message.resend": (ctx, caller, input) => resendFailures(ctx, caller, input),
  "message.react": async (ctx, caller, input) => ({
    message: await messageSeenBy(ctx, caller, await reactTo(ctx, caller, input)),
  }),
  "message.moderate": async (ctx, caller, input) => ({ message: await moderate(ctx, caller, input) }),
  "note.add": async (ctx, caller, input) => ({ message: await addNote(ctx, caller, input) }),
} satisfies Partial<Handlers>;
