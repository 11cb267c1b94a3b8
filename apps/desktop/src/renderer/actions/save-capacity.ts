import type { CommandInput } from "@tongdai/shared";
import type { Client } from "./client.ts";

export async function saveCapacity(client: Client, rule: CommandInput<"capacity.save">): Promise<void> {
  const { capacity } = await client.request("capacity.save", rule);
  client.update((s) => ({ ...s, people: { ...s.people, capacity } }));
}
