import type { Offer } from "@tongdai/shared";
import { without } from "../state/same.ts";
import type { Client } from "./client.ts";

export async function declineOffer(client: Client, offer: Offer): Promise<void> {
  await client.request("offer.decline", { offerId: offer.id });
  client.update((s) => ({ ...s, offers: without(s.offers, offer.id) }));
}
