import type { Correspondent } from "@tongdai/shared";
import { learn } from "../state/learn.ts";
import type { Client } from "./client.ts";

/**
 * The agent's word on a message that failed, or of which nobody knows whether it went.
 * @param to of a letter that failed and is sent again: to these alone
 */
export async function resolveMessage(
  client: Client,
  messageId: string,
  action: "resend" | "mark_sent" | "discard",
  to?: readonly Correspondent[],
): Promise<void> {
  const answer = await client.request("message.resolve", { messageId, action, ...(to && { to: [...to] }) });
  client.update((s) => learn(s, answer, client.now()));
}
