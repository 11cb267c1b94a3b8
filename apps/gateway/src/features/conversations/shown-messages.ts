import type { Message } from "@tongdai/shared";
import type { Caller, Ctx } from "../../context.ts";
import { hidesCards, maskMessage } from "../../presenters/masked-message.ts";
import { conversationsByIds } from "../../store/conversations.ts";
import { may } from "../access.ts";
import { noteLooks } from "../customers/index.ts";

/** The messages as the caller may see them. A look at what others see masked is noted, as with customers. */
export async function messagesSeenBy(
  ctx: Ctx,
  caller: Caller,
  messages: readonly Message[],
): Promise<Message[]> {
  if (!may(caller, "customers.reveal")) return messages.map(maskMessage);
  const ids = new Set(messages.filter(hidesCards).map((m) => m.conversationId));
  if (ids.size > 0) {
    const views = await conversationsByIds(ctx.store, [...ids]);
    await noteLooks(ctx, caller, [...new Set(views.map((v) => v.customer_id))]);
  }
  return [...messages];
}

export async function messageSeenBy(ctx: Ctx, caller: Caller, message: Message): Promise<Message> {
  const [shown = message] = await messagesSeenBy(ctx, caller, [message]);
  return shown;
}
