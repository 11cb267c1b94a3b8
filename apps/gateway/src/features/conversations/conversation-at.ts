import { AppError } from "@tongdai/shared";
import type { Ctx } from "../../context.ts";
import type { ConversationView } from "../../store/conversations.ts";
import { optedOutAt } from "../../store/customers.ts";
import type { Tx } from "../../store/index.ts";
import type { ChannelAccountRow } from "../../store/schema.ts";
import { findOrCreateConversation } from "./find-conversation.ts";
import { addressOn } from "./recipient.ts";

/**
 * The conversation of an account with an address as somebody typed it, made when there was none. Throws `invalid_input` for what is
 * no address of that channel, `opted_out` for who wants nothing more there.
 */
export async function conversationAt(
  tx: Tx,
  ctx: Ctx,
  { account, typed }: { account: ChannelAccountRow; typed: string },
): Promise<ConversationView> {
  const externalId = addressOn(ctx, account, typed);
  if ((await optedOutAt(tx, account.channel, externalId)) !== null)
    throw new AppError("opted_out", "this address wants nothing more by this channel");
  return findOrCreateConversation(tx, ctx, { account, externalId, at: ctx.clock.now(), name: externalId });
}
