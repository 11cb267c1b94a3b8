import { ChannelId, type Offer } from "@tongdai/shared";
import { z } from "zod";
import { conversationById } from "../../store/conversations.ts";
import type { Queryable } from "../../store/index.ts";
import { interactionById, openOffersTo } from "../../store/interactions.ts";
import { fromJson } from "../../store/json.ts";
import type { OfferRow } from "../../store/schema.ts";

const Reasons = z.array(z.string());

/** What is offered to a person now, for a client that connects. */
export async function openOffersFor(q: Queryable, userId: string): Promise<Offer[]> {
  const offers = await Promise.all((await openOffersTo(q, userId)).map((row) => toOffer(q, row)));
  return offers.filter((o) => o !== null);
}

/** The offer as its agent sees it; null when its interaction is gone. */
export async function toOffer(q: Queryable, row: OfferRow): Promise<Offer | null> {
  const interaction = await interactionById(q, row.interaction_id);
  const view = interaction && (await conversationById(q, interaction.conversation_id));
  if (!interaction || !view) return null;
  return {
    id: row.id,
    interactionId: row.interaction_id,
    conversationId: view.id,
    userId: row.user_id,
    channel: ChannelId.parse(interaction.channel),
    queueId: interaction.queue_id,
    customerName: view.customer_name,
    preview: view.preview_text,
    waitingSince: interaction.waiting_since,
    madeAt: row.made_at,
    deadline: row.deadline,
    reasons: fromJson(Reasons, row.reasons),
  };
}
