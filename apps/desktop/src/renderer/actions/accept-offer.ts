import type { Offer } from "@tongdai/shared";
import { learn } from "../state/learn.ts";
import { without } from "../state/same.ts";
import type { Client } from "./client.ts";

/** Takes the work. */
export async function acceptOffer(client: Client, offer: Offer): Promise<void> {
  const answer = await client.request("offer.accept", { offerId: offer.id });
  client.update((s) => ({ ...learn(s, answer, client.now()), offers: without(s.offers, offer.id) }));
}
