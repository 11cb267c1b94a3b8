import { failPage, putNewer, putOlder, putThread, shownStretch } from "../state/threads.ts";
import type { Client } from "./client.ts";

export async function loadOlder(client: Client, conversationId: string): Promise<void> {
  const thread = client.store.getState().threads[conversationId];
  if (thread?.status !== "ready") return;
  const { before: end, older } = shownStretch(thread);
  if (!end || older === "loading") return;
  const before = end.cursor;
  const loading = { older: "loading" } as const;
  client.update((s) =>
    putThread(s, conversationId, thread.past ? { past: { ...thread.past, ...loading } } : loading),
  );
  try {
    const page = await client.request("conversation.messages", { conversationId, before });
    client.update((s) => putOlder(s, conversationId, { asked: before, page }));
  } catch {
    // Shown where the older messages would be, with a way to try again.
    client.update((s) => failPage(s, conversationId, before));
  }
}

export async function loadNewer(client: Client, conversationId: string): Promise<void> {
  const past = client.store.getState().threads[conversationId]?.past;
  if (!past?.after || past.newer === "loading") return;
  const after = past.after.cursor;
  client.update((s) => putThread(s, conversationId, { past: { ...past, newer: "loading" } }));
  try {
    const page = await client.request("conversation.messages", { conversationId, after });
    client.update((s) => putNewer(s, conversationId, { asked: after, page }));
  } catch {
    client.update((s) => failPage(s, conversationId, after));
  }
}
