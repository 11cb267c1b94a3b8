import { holdConversation } from "../../store/conversations.ts";
import type { Tx } from "../../store/index.ts";
import { holdAgent } from "../../store/instances.ts";
import { interactionById, offerById } from "../../store/interactions.ts";
import { routingTurn } from "../../store/routing.ts";

/** What timers hold before themselves, in the order in which commands take it. */

export async function holdWork(tx: Tx, interactionId: string): Promise<void> {
  const row = await interactionById(tx, interactionId);
  if (row) await holdConversation(tx, row.conversation_id);
}

export async function holdOffered(tx: Tx, offerId: string): Promise<void> {
  await routingTurn(tx);
  const offer = await offerById(tx, offerId);
  if (offer) await holdWork(tx, offer.interaction_id);
}

export async function holdLeaver(tx: Tx, userId: string): Promise<void> {
  await routingTurn(tx);
  await holdAgent(tx, userId);
}
