import type { Way } from "@tongdai/shared";
import { emptyDraft, isEmptyDraft } from "../state/drafts.ts";
import { learn } from "../state/learn.ts";
import { selectDraft } from "../state/selectors.ts";
import type { Client } from "./client.ts";
import { loadConversation, openConversation } from "./open-conversation.ts";
import { changeDraft, clearDraft, saveDraft } from "./save-draft.ts";

/** The customer's addresses beside the one of this conversation. */
export const waysFrom =
  (customerId: string, identityId: string) =>
  async (client: Client): Promise<readonly Way[]> => {
    const { ways } = await client.request("conversation.ways", { customerId });
    return ways.filter((way) => way.identityId !== identityId);
  };

/**
 * Goes on with the customer by another address. What was typed goes along, behind what already stands there; it leaves the
 * first conversation only once it is in the second.
 */
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
  const state = client.store.getState();
  const typed = selectDraft(state, fromConversationId) ?? emptyDraft;
  if (!typed.note && !isEmptyDraft(typed)) {
    const there = selectDraft(state, conversation.id) ?? emptyDraft;
    changeDraft(client, conversation.id, {
      text: [there.text, typed.text].filter(Boolean).join("\n"),
      mediaIds: [...new Set([...there.mediaIds, ...typed.mediaIds])],
      note: false,
    });
    saveDraft(client, conversation.id);
    clearDraft(client, fromConversationId);
  }
  openConversation(client, conversation.id);
}
