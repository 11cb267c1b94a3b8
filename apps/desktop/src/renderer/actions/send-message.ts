import { emptyDraft } from "../state/drafts.ts";
import type { State } from "../state/model.ts";
import type { Client } from "./client.ts";
import { drop } from "./run.ts";
import { clearDraft } from "./save-draft.ts";
import { stopTyping } from "./set-typing.ts";
import { showLatest } from "./show-message.ts";

/** Why what the composer holds cannot go yet: a file of it is not up. */
export function heldBack({ uploads }: State, conversationId: string): "uploading" | "upload_failed" | null {
  const own = uploads.filter((u) => u.conversationId === conversationId);
  if (own.length === 0) return null;
  return own.some((u) => u.error === null) ? "uploading" : "upload_failed";
}

/**
 * Sends what the composer holds. It shows at once and is kept until the gateway has it.
 * @returns whether there was anything, and all of it could go
 */
export function sendMessage(client: Client, conversationId: string): boolean {
  if (heldBack(client.store.getState(), conversationId)) return false;
  const draft = client.store.getState().drafts[conversationId] ?? emptyDraft;
  const text = draft.text.trim();
  if (text === "" && draft.mediaIds.length === 0) return false;
  const clientId = client.newId();
  drop(
    client.outbox.hold({
      id: clientId,
      name: "message.send",
      input: { clientId, conversationId, text, mediaIds: [...draft.mediaIds], replyToId: draft.replyToId },
      lane: `conversation.${conversationId}`,
    }),
  );
  showLatest(client, conversationId);
  clearDraft(client, conversationId);
  stopTyping(client, conversationId);
  return true;
}

/** A message that could not go, back in the composer to be changed. */
export function editRefused(client: Client, id: string): void {
  const item = client.store.getState().outgoing.find((o) => o.id === id);
  if (item?.name !== "message.send" && item?.name !== "note.add") return;
  const { conversationId, text } = item.input;
  client.outbox.discard(id);
  const draft = {
    ...emptyDraft,
    text,
    dirty: true,
    note: item.name === "note.add",
    mediaIds: item.name === "message.send" ? (item.input.mediaIds ?? []) : [],
    replyToId: item.name === "message.send" ? (item.input.replyToId ?? null) : null,
  };
  client.update((s) => ({ ...s, drafts: { ...s.drafts, [conversationId]: draft } }));
}

export const retryRefused = (client: Client, id: string): void => client.outbox.retry(id);
export const discardRefused = (client: Client, id: string): void => client.outbox.discard(id);
