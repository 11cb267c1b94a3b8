import type { Way } from "@tongdai/shared";
import { learn } from "../state/learn.ts";
import { carryDraft } from "./carry-draft.ts";
import type { Client } from "./client.ts";
import { focusOn } from "./navigate.ts";
import { loadConversation, openConversation } from "./open-conversation.ts";

/** The customer's addresses beside the one of this conversation. */
export const waysFrom =
  (customerId: string, identityId: string) =>
  async (client: Client): Promise<readonly Way[]> => {
    const { ways } = await client.request("conversation.ways", { customerId });
    return ways.filter((way) => way.identityId !== identityId);
  };

/** Goes on with the customer by another address: what was typed goes along, and the cursor stands behind it. */
export async function continueBy(
  client: Client,
  fromConversationId: string,
  identityId: string,
): Promise<void> {
  const clientId = crypto.randomUUID();
  const { conversation } = await client.request("conversation.begin", {
    clientId,
    fromConversationId,
    identityId,
  });
  client.update((s) => learn(s, { conversation }, client.now()));
  await loadConversation(client, conversation.id).catch(client.report);
  carryDraft(client, fromConversationId, conversation);
  openConversation(client, conversation.id);
  focusOn(client, "composer");
}
