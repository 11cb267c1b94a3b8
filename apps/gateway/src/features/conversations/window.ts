import { type Capabilities, type ReplyWindow, replyWindow } from "@tongdai/shared";
import type { Ctx } from "../../context.ts";
import { type ConversationView, conversationById, updateConversation } from "../../store/conversations.ts";
import type { Tx } from "../../store/index.ts";
import type { MessageRow } from "../../store/schema.ts";
import { journalConversation } from "./journal-message.ts";

/** How long the customer of a conversation may still be written to. */
export const windowOf = (ctx: Ctx, view: ConversationView, capabilities: Capabilities): ReplyWindow =>
  replyWindow(
    capabilities.replyWindow,
    {
      windowOpenedAt: view.window_opened_at,
      lastInboundAt: view.last_inbound_at,
      windowRefusedAt: view.window_refused_at,
    },
    ctx.clock.now(),
  );

/**
 * The vendor says that the window is over although it is not by our reckoning: the vendor's word counts until the customer's
 * next act. It counts from the beginning of the attempt, so that an act that came during it opens the window.
 */
export async function windowRefused(
  tx: Tx,
  ctx: Ctx,
  o: { message: MessageRow; capabilities: Capabilities },
): Promise<void> {
  const view = await conversationById(tx, o.message.conversation_id);
  const window = view && windowOf(ctx, view, o.capabilities);
  if (!view || !window || !("until" in window)) return;
  await updateConversation(tx, view.id, { window_refused_at: o.message.state_at ?? ctx.clock.now() });
  await journalConversation(tx, ctx, view.id);
}
