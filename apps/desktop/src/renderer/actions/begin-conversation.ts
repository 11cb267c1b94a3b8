import type { CommandInput, Way } from "@tongdai/shared";
import { learn } from "../state/learn.ts";
import type { Client } from "./client.ts";
import { loadConversation, openConversation } from "./open-conversation.ts";
import { drop } from "./run.ts";

export type NewConversation = CommandInput<"conversation.begin">;

/** All of a customer's addresses. */
export const waysOf =
  (customerId: string) =>
  async (client: Client): Promise<readonly Way[]> =>
    (await client.request("conversation.ways", { customerId })).ways;

/** Writes first, and goes there. The text is kept until the gateway has it; rejects when the conversation cannot be begun. */
export async function beginConversation(client: Client, input: NewConversation, text: string): Promise<void> {
  const { conversation } = await client.request("conversation.begin", input);
  client.update((s) => learn(s, { conversation }, client.now()));
  const clientId = client.newId();
  drop(
    client.outbox.hold({
      id: clientId,
      name: "message.send",
      input: { clientId, conversationId: conversation.id, text },
      lane: `conversation.${conversation.id}`,
    }),
  );
  await loadConversation(client, conversation.id).catch(client.report);
  openConversation(client, conversation.id);
}
