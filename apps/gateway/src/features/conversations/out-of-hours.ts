import type { Ctx } from "../../context.ts";
import { outOfHoursOf } from "../../presenters/hours.ts";
import type { ConversationView } from "../../store/conversations.ts";
import type { Tx } from "../../store/index.ts";
import { queueById } from "../../store/people.ts";
import type { InteractionRow } from "../../store/schema.ts";
import { leaveTicket, tellHeld } from "../interactions/index.ts";
import { replyBySystem } from "./reply-by-system.ts";

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
  if (action === "ticket") await leaveTicket(tx, ctx, { was: interaction, reason: "out_of_hours" });
  else await tellHeld(tx, ctx, interaction);
}
