import type { CapacityRule } from "@tongdai/shared";
import type { Client } from "./client.ts";

export async function saveCapacity(client: Client, rule: CapacityRule): Promise<void> {
  const { capacity } = await client.request("capacity.save", rule);
  client.update((s) => ({ ...s, people: { ...s.people, capacity } }));
}
