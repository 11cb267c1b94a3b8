import { learn } from "../state/learn.ts";
import type { Client } from "./client.ts";

/** Opens new work on a conversation that has none: writing first, or again. */
export async function start(client: Client, conversationId: string): Promise<void> {
  const answer = await client.request("interaction.start", { conversationId });
  client.update((s) => learn(s, answer, client.now()));
}
