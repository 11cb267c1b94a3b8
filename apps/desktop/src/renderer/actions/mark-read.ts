import { putConversation } from "../state/conversations.ts";
import { tableGet } from "../state/table.ts";
import type { Client } from "./client.ts";
import { drop } from "./run.ts";

export function markRead(client: Client, conversationId: string): void {
  const state = client.store.getState();
  const conversation = tableGet(state.conversations, conversationId);
  if (!conversation || conversation.unread === 0 || state.connection.status !== "live") return;
  client.update((s) => putConversation(s, { ...conversation, unread: 0 }));
  client.update((s) => ({ ...s, mentions: s.mentions.filter((m) => m.conversationId !== conversationId) }));
  drop(client.request("conversation.read", { conversationId }));
}
