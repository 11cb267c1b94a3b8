import { learn } from "../state/learn.ts";
import type { Client } from "./client.ts";

/** Notes that the customer, who had refused, told us that they agree to messages again. */
export async function optIn(client: Client, conversationId: string, reason: string): Promise<void> {
  const answer = await client.request("conversation.opt_in", { conversationId, reason });
  client.update((s) => learn(s, answer, client.now()));
}
