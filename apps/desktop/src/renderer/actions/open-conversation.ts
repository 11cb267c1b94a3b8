import { putFetched } from "../state/conversations.ts";
import { putDraft } from "../state/drafts.ts";
import type { Thread } from "../state/model.ts";
import { selectOpenId } from "../state/selectors.ts";
import { tableGet } from "../state/table.ts";
import {
  aim,
  emptyThread,
  failAim,
  leavePast,
  putAround,
  putNewest,
  putSteps,
  putThread,
  trimThreads,
} from "../state/threads.ts";
import type { Client } from "./client.ts";
import { navigate } from "./navigate.ts";

export const openConversation = (client: Client, conversationId: string): void =>
  navigate(client, { name: "inbox", conversationId });

/**
 * Fetches what is not here yet. What is here is kept true by the journal and shown at once. Throws when there is nothing to
 * show, which the pane tells; what only could not be renewed is reported.
 */
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
    await Promise.all([loadSteps(client, conversationId), refetchPast(client, conversationId, known)]);
  } catch (cause) {
    // What is here stays on screen; what is missing of it comes with the next opening.
    const isEmpty = client.store.getState().threads[conversationId]?.status === "loading";
    client.update((s) => putThread(s, conversationId, { status: isEmpty ? "failed" : "stale" }));
    if (isEmpty) throw cause;
    client.report(cause);
  }
}

/** Forgets where "unread" began and which message was looked for, once the person has moved on. */
export function forgetPlace(client: Client, conversationId: string): void {
  client.update((s) => (s.threads[conversationId] ? putThread(s, conversationId, { unreadFrom: null }) : s));
  if (selectOpenId(client.store.getState()) !== conversationId)
    client.update((s) => leavePast(s, conversationId));
}

/** A place further back went with the snapshot: it is fetched again. */
async function refetchPast(client: Client, conversationId: string, known: Thread): Promise<void> {
  if (known.status !== "stale" || !known.past || !known.target) return;
  const { messageId, query } = known.target;
  client.update((s) => aim(s, conversationId, { messageId, query }));
  await loadAround(client, conversationId);
}

async function loadSteps(client: Client, conversationId: string): Promise<void> {
  const { entries } = await client.request("interaction.history", { conversationId });
  client.update((s) => putSteps(s, conversationId, entries));
}

/** The page around the message that is aimed at, unless it is here. */
export async function loadAround(client: Client, conversationId: string): Promise<void> {
  const target = client.store.getState().threads[conversationId]?.target;
  if (target?.status !== "loading") return;
  const { count, messageId } = target;
  try {
    const page = await client.request("conversation.messages", { conversationId, around: messageId });
    client.update((s) => putAround(s, conversationId, { count, page }));
  } catch (cause) {
    client.update((s) => failAim(s, conversationId, count));
    throw cause;
  }
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
