import { AttachmentKind, ChannelId, events, maskText, type Offer, Reason } from "@tongdai/shared";
import { z } from "zod";
import { conversationById } from "../../store/conversations.ts";
import type { Queryable } from "../../store/index.ts";
import { interactionById, openOffersTo } from "../../store/interactions.ts";
import { lastEntry } from "../../store/journal.ts";
import { fromJson } from "../../store/json.ts";
import { newestInbound } from "../../store/messages.ts";
import type { OfferRow } from "../../store/schema.ts";

const Reasons = z.array(Reason);

/** What is offered to a person now, for a client that connects. */
export async function openOffersFor(q: Queryable, userId: string): Promise<Offer[]> {
  const offers = await Promise.all((await openOffersTo(q, userId)).map((row) => toOffer(q, row)));
  return offers.filter((o) => o !== null);
}

async function lastWords(q: Queryable, conversationId: string): Promise<Offer["preview"]> {
  const message = await newestInbound(q, conversationId);
  if (!message) return { text: "", attachment: null };
  return { text: message.text.slice(0, PREVIEW), attachment: attachmentKind(message.attachments) };
}

const PREVIEW = 500;

const Kinds = z.array(z.object({ kind: AttachmentKind }));

const attachmentKind = (attachments: string): AttachmentKind | null =>
  fromJson(Kinds, attachments)[0]?.kind ?? null;

const lastHandOver = lastEntry(["interaction.transferred", "interaction.accepted"]);

/** The note of a transfer that nobody has taken up yet. */
async function handedOnWith(q: Queryable, interactionId: string): Promise<Offer["note"]> {
  const last = await lastHandOver(q, interactionId);
  if (last?.name !== "interaction.transferred") return null;
  const { note } = events["interaction.transferred"].parse(last.data);
  return note ? { text: note, byId: last.actorId } : null;
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
    customerId: view.customer_id,
    customerName: maskText(view.customer_name),
    preview: await lastWords(q, view.id),
    note: await handedOnWith(q, row.interaction_id),
    waitingSince: interaction.waiting_since,
    madeAt: row.made_at,
    deadline: row.deadline,
    reasons: fromJson(Reasons, row.reasons),
  };
}
