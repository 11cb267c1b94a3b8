import { emptyDraft } from "../state/drafts.ts";
import type { Client } from "./client.ts";
import { drop } from "./run.ts";
import { changeDraft, saveDraft } from "./save-draft.ts";
import { showLatest } from "./show-message.ts";

/** Keeps what the composer holds as a note between agents. */
export function addNote(client: Client, conversationId: string): boolean {
  const state = client.store.getState();
  const text = (state.drafts[conversationId] ?? emptyDraft).text.trim();
  if (text === "") return false;
  const clientId = client.newId();
  const mentions = mentioned(text, Object.values(state.people.users));
  drop(
    client.outbox.hold({
      id: clientId,
      name: "note.add",
      input: { clientId, conversationId, text, mentions },
      lane: `conversation.${conversationId}`,
    }),
  );
  showLatest(client, conversationId);
  // Only the words were the note's. A second one, typed without looking, must not go to the customer.
  changeDraft(client, conversationId, { text: "", note: true });
  saveDraft(client, conversationId);
  return true;
}

interface Person {
  readonly id: string;
  readonly username: string;
}

/** The people whom `@username` in a text means. */
export function mentioned(text: string, users: readonly Person[]): string[] {
  const names = new Set([...text.matchAll(/(?:^|[\s(])@([a-z0-9._-]+)/gi)].map(([, n]) => n?.toLowerCase()));
  return users.filter((u) => names.has(u.username)).map((u) => u.id);
}
