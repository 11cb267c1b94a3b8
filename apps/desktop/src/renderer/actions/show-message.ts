import { aim, leavePast } from "../state/threads.ts";
import type { Client } from "./client.ts";
import { loadAround, openConversation } from "./open-conversation.ts";

export interface Wanted {
  readonly conversationId: string;
  readonly messageId: string;
  /** What was searched for, so that its words are marked. */
  readonly query?: string;
}

/** Opens a conversation at one of its messages, however far back. */
export async function showMessage(
  client: Client,
  { conversationId, messageId, query = "" }: Wanted,
): Promise<void> {
  client.update((s) => aim(s, conversationId, { messageId, query }));
  openConversation(client, conversationId);
  await loadAround(client, conversationId);
}

export const showLatest = (client: Client, conversationId: string): void =>
  client.update((s) => leavePast(s, conversationId));
