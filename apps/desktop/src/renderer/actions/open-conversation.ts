import { putFetched } from "../state/conversations.ts";
import { putDraft } from "../state/drafts.ts";
import { tableGet } from "../state/table.ts";
import { emptyThread, putNewest, putSteps, putThread, trimThreads } from "../state/threads.ts";
import type { Client } from "./client.ts";
import { navigate } from "./navigate.ts";

export const openConversation = (client: Client, conversationId: string): void =>
  navigate(client, { name: "inbox", conversationId });

/** Fetches what is not here yet. What is here is kept true by the journal and shown at once. */
export async function loadConversation(client: Client, conversationId: string): Promise<void> {
  const known = client.store.getState().threads[conversationId] ?? emptyThread;
  client.update((s) => {
    const opened = putThread(s, conversationId, { openedAt: client.clock.now() });
    return trimThreads(opened, conversationId);
  });
  if (known.status === "ready" || known.status === "loading") return;
  if (known.status !== "stale") client.update((s) => putThread(s, conversationId, { status: "loading" }));
  try {
    const answer = await client.request("conversation.get", { conversationId });
    client.update((s) => {
      const unread = tableGet(s.conversations, conversationId)?.unread ?? answer.conversation.unread;
      const withMessages = putNewest(putFetched(s, answer.conversation), conversationId, answer);
      const marked =
        known.status === "stale"
          ? withMessages
          : putThread(withMessages, conversationId, { unreadFrom: firstUnread(answer.messages, unread) });
      return putDraft(marked, conversationId, answer.draft);
    });
    await loadSteps(client, conversationId);
  } catch (cause) {
    client.update((s) =>
      putThread(s, conversationId, { status: known.status === "stale" ? "stale" : "failed" }),
    );
    throw cause;
  }
}

/** Forgets where "unread" began, once the person has moved on. */
export const forgetUnreadMark = (client: Client, conversationId: string): void =>
  client.update((s) => (s.threads[conversationId] ? putThread(s, conversationId, { unreadFrom: null }) : s));

async function loadSteps(client: Client, conversationId: string): Promise<void> {
  const interaction = tableGet(client.store.getState().conversations, conversationId)?.interaction;
  if (!interaction) return;
  const { entries } = await client.request("interaction.history", { interactionId: interaction.id });
  const steps = entries.filter((e) => e.name.startsWith("interaction."));
  client.update((s) => putSteps(s, conversationId, steps));
}

interface Arrived {
  readonly id: string;
  readonly direction: "in" | "out" | "none";
}

function firstUnread(messages: readonly Arrived[], unread: number): string | null {
  if (unread === 0) return null;
  const incoming = messages.filter((m) => m.direction === "in");
  return incoming.at(-Math.min(unread, incoming.length))?.id ?? null;
}
