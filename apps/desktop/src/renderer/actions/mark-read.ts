import { putConversation, setMentioned } from "../state/conversations.ts";
import { tableGet } from "../state/table.ts";
import type { Client } from "./client.ts";
import { drop } from "./run.ts";

export function markRead(client: Client, conversationId: string): void {
  const state = client.store.getState();
  const conversation = tableGet(state.conversations, conversationId);
  if (!conversation || state.connection.status !== "live") return;
  if (conversation.unread === 0 && !state.mentions.has(conversationId)) return;
  client.update((s) => putConversation(s, { ...conversation, unread: 0 }));
  client.update((s) => setMentioned(s, conversationId, false));
  drop(client.request("conversation.read", { conversationId }));
}
