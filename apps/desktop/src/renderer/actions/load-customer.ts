import { learn } from "../state/learn.ts";
import { followCard } from "../state/regroup.ts";
import type { Client } from "./client.ts";

/** Whoever has been linked to another since is found on the card that they share. */
export async function loadCustomer(client: Client, customerId: string): Promise<void> {
  const answer = await client.request("customer.get", { customerId });
  client.update((s) => followCard(learn(s, answer, client.now()), customerId, answer.customer.id));
}
