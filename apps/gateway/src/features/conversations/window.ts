import { type Capabilities, type ReplyWindow, replyWindow } from "@tongdai/shared";
import type { Ctx } from "../../context.ts";
import { type ConversationView, conversationById, updateConversation } from "../../store/conversations.ts";
import type { Tx } from "../../store/index.ts";
import type { MessageRow } from "../../store/schema.ts";
import { journalConversation } from "./journal-message.ts";

/** How long the customer of a conversation may still be written to. */
export const windowOf = (
  ctx: Ctx,
  view: ConversationView,
  capabilities: Capabilities,
  at = ctx.clock.now(),
): ReplyWindow =>
  replyWindow(
    capabilities.replyWindow,
    {
      windowOpenedAt: view.window_opened_at,
      lastInboundAt: view.last_inbound_at,
      windowRefusedAt: view.window_refused_at,
      humanWindowRefusedAt: view.human_window_refused_at,
    },
    at,
  );

/**
 * The vendor says that the window is over although it is not by our reckoning: of the window that was used its word counts
 * until the customer opens it again. It counts from the beginning of the attempt, so that what came during it opens the window.
 */
export async function windowRefused(
  tx: Tx,
  ctx: Ctx,
  o: { message: MessageRow; capabilities: Capabilities },
): Promise<void> {
  const view = await conversationById(tx, o.message.conversation_id);
  const at = o.message.state_at ?? ctx.clock.now();
  const used = view && windowOf(ctx, view, o.capabilities, at).state;
  if (!view || (used !== "open" && used !== "human")) return;
  await updateConversation(
    tx,
    view.id,
    used === "open" ? { window_refused_at: at } : { human_window_refused_at: at },
  );
  await journalConversation(tx, ctx, view.id);
}
