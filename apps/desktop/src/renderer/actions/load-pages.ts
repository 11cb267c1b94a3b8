import { putOlder, putThread } from "../state/threads.ts";
import type { Client } from "./client.ts";

export async function loadOlder(client: Client, conversationId: string): Promise<void> {
  const thread = client.store.getState().threads[conversationId];
  if (!thread?.before || thread.older === "loading" || thread.status !== "ready") return;
  client.update((s) => putThread(s, conversationId, { older: "loading" }));
  try {
    const page = await client.request("conversation.messages", { conversationId, before: thread.before });
    client.update((s) => putOlder(s, conversationId, page));
  } catch {
    // Shown where the older messages would be, with a way to try again.
    client.update((s) => putThread(s, conversationId, { older: "failed" }));
  }
}
