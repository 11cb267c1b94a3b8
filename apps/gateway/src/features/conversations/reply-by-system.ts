import { ChannelId, splitText } from "@tongdai/shared";
import type { Ctx } from "../../context.ts";
import { accountById } from "../../store/accounts.ts";
import type { ConversationView } from "../../store/conversations.ts";
import type { Tx } from "../../store/index.ts";
import { ownComment } from "./comment-row.ts";
import { messageRow } from "./message-row.ts";
import { columnsOf, outgoingLetter } from "./outgoing-letter.ts";
import { queueMessage } from "./queue-message.ts";
import { windowOf } from "./window.ts";

/** Says something in nobody's name, where the channel lets machines speak. The customer still waits for an answer. @returns whether it was said
 * @param o.clientId of the command that asked for it, so that its repetition is noticed */
export async function replyBySystem(
  tx: Tx,
  ctx: Ctx,
  o: { view: ConversationView; text: string; clientId?: string },
): Promise<boolean> {
  const { capabilities } = ctx.channels.get(ChannelId.parse(o.view.channel));
  const { state } = windowOf(ctx, o.view, capabilities);
  if (capabilities.calls || (state !== "open" && state !== "free")) return false;
  if (o.view.opted_out_at !== null) return false;
  if ((await accountById(tx, o.view.account_id))?.enabled === 0) return false;
  let { view } = o;
  const letter = await outgoingLetter(tx, ctx, { view, automatic: true });
  for (const [part, text] of splitText(o.text, capabilities.text.maxLength).entries()) {
    const now = ctx.clock.now();
    const row = messageRow(view, {
      kind: "message",
      direction: "out",
      author_kind: "system",
      state: "queued",
      client_id: o.clientId ?? null,
      text,
      part,
      ...(letter && columnsOf(letter, text)),
      ...ownComment(view),
      at: Math.max(now, view.last_message_at),
      created_at: now,
    });
    // Lists go on showing what the customer wants.
    view = await queueMessage(tx, ctx, { row, view, change: {} });
  }
  return true;
}
