import { learn } from "../state/learn.ts";
import type { Client } from "./client.ts";

/** The agent's word on a message that failed, or of which nobody knows whether it went. */
export async function resolveMessage(
  client: Client,
  messageId: string,
  action: "resend" | "mark_sent" | "discard",
): Promise<void> {
  const answer = await client.request("message.resolve", { messageId, action });
  client.update((s) => learn(s, answer, client.now()));
}
