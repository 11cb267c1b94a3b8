import { ChannelId, splitText } from "@tongdai/shared";
import type { Ctx } from "../../context.ts";
import { outOfHoursOf } from "../../presenters/hours.ts";
import { accountById } from "../../store/accounts.ts";
import type { ConversationView } from "../../store/conversations.ts";
import type { Tx } from "../../store/index.ts";
import { queueById } from "../../store/people.ts";
import type { InteractionRow } from "../../store/schema.ts";
import { leaveTicket, tellHeld } from "../interactions/index.ts";
import { messageRow } from "./message-row.ts";
import { queueMessage } from "./queue-message.ts";
import { windowOf } from "./window.ts";

/**
 * Work that has just been opened in a closed queue: the customer is told, once, and the queue's rule decides whether it
 * waits for the opening. Called when the message that opened it stands, so that answer and ticket come after it.
 */
export async function meetClosedQueue(
  tx: Tx,
  ctx: Ctx,
  { view, interaction }: { view: ConversationView; interaction: InteractionRow },
): Promise<void> {
  const queue = await queueById(tx, interaction.queue_id);
  if (!queue) return;
  const { reply, action } = outOfHoursOf(queue);
  if (reply !== null) await replyBySystem(tx, ctx, { view, text: reply });
  if (action === "ticket") await leaveTicket(tx, ctx, interaction);
  else await tellHeld(tx, ctx, interaction);
}

/** Says something in nobody's name, where the channel lets machines speak. The customer still waits for an answer. */
async function replyBySystem(tx: Tx, ctx: Ctx, o: { view: ConversationView; text: string }): Promise<void> {
  const { capabilities } = ctx.channels.get(ChannelId.parse(o.view.channel));
  const { state } = windowOf(ctx, o.view, capabilities);
  if (state !== "open" && state !== "free") return;
  if ((await accountById(tx, o.view.account_id))?.enabled === 0) return;
  let { view } = o;
  for (const [part, text] of splitText(o.text, capabilities.text.maxLength).entries()) {
    const now = ctx.clock.now();
    const row = messageRow(view, {
      kind: "message",
      direction: "out",
      author_kind: "system",
      state: "queued",
      text,
      part,
      at: Math.max(now, view.last_message_at),
      created_at: now,
    });
    // Lists go on showing what the customer wants.
    view = await queueMessage(tx, ctx, { row, view, change: {} });
  }
}
