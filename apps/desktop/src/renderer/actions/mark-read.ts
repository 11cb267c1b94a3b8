import type { Conversation } from "@tongdai/shared";
import { putConversation, setMentioned } from "../state/conversations.ts";
import type { State } from "../state/model.ts";
import { tableGet } from "../state/table.ts";
import type { Client } from "./client.ts";
import { drop } from "./run.ts";

export function markRead(client: Client, conversationId: string): void {
  const state = client.store.getState();
  const conversation = tableGet(state.conversations, conversationId);
  if (!conversation || state.connection.status !== "live") return;
  const clears = conversation.unread > 0 && mayClear(state, conversation);
  if (!clears && !state.mentions.has(conversationId)) return;
  if (clears) client.update((s) => putConversation(s, { ...conversation, unread: 0 }));
  client.update((s) => setMentioned(s, conversationId, false));
  drop(client.request("conversation.read", { conversationId }));
}

/** Its owner's to read, or the queue's as long as nobody owns it: see `conversation.read`. */
function mayClear(state: State, { interaction, queueId }: Conversation): boolean {
  const myId = state.session.me?.id;
  if (myId === undefined) return false;
  const ownerId = interaction?.ownerId ?? null;
  return ownerId === null
    ? state.people.queues[queueId]?.memberIds.includes(myId) === true
    : ownerId === myId;
}
