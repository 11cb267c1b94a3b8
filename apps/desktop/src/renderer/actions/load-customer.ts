import { learn } from "../state/learn.ts";
import type { Client } from "./client.ts";

export async function loadCustomer(client: Client, customerId: string): Promise<void> {
  const answer = await client.request("customer.get", { customerId });
  client.update((s) => learn(s, answer, client.now()));
}
