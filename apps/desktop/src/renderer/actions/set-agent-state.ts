import type { CommandInput } from "@tongdai/shared";
import { learn } from "../state/learn.ts";
import type { Client } from "./client.ts";

export async function setAgentState(client: Client, input: CommandInput<"agent.set_state">): Promise<void> {
  const answer = await client.request("agent.set_state", input);
  client.update((s) => learn(s, answer, client.now()));
}
