import type { CommandInput } from "@tongdai/shared";
import type { Client } from "./client.ts";

export async function saveStateRules(client: Client, input: CommandInput<"state_rules.save">): Promise<void> {
  const { stateRules } = await client.request("state_rules.save", input);
  client.update((s) => ({ ...s, people: { ...s.people, stateRules } }));
}
