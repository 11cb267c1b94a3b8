import { AppError, type CommandParsed, type Conversation } from "@tongdai/shared";
import type { Caller, Ctx } from "../../context.ts";
import { toConversation } from "../../presenters/conversation.ts";
import { conversationById } from "../../store/conversations.ts";
import { seeConversation } from "../access.ts";
import { obeyOptOut } from "./opt-out.ts";
import { assertNotTaken } from "./take-part.ts";

/** See `conversation.opt_in` in the contract. */
export function optIn(
  ctx: Ctx,
  caller: Caller,
  { conversationId, reason }: CommandParsed<"conversation.opt_in">,
): Promise<Conversation> {
  return ctx.store.write(async (tx) => {
    const view = seeConversation(caller, await conversationById(tx, conversationId));
    assertNotTaken(caller, view);
    if (view.opted_out_at === null)
      throw new AppError("illegal_transition", "the customer has refused nothing here");
    const now = await obeyOptOut(tx, ctx, {
      view,
      word: "start",
      at: ctx.clock.now(),
      told: { by: caller, reason },
    });
    return toConversation(now);
  });
}
