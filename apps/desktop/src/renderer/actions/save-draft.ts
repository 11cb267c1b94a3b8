import { editDraft, emptyDraft } from "../state/drafts.ts";
import type { DraftState } from "../state/model.ts";
import type { Client } from "./client.ts";
import { keepDraftFiles } from "./draft-files.ts";
import { drop } from "./run.ts";

const restMs = 800;

/** Every key press is in the state at once; the gateway hears of it when the typing rests. */
export function changeDraft(client: Client, conversationId: string, change: Partial<DraftState>): void {
  client.update((s) => editDraft(s, conversationId, change));
  client.later.put(`draft.${conversationId}`, restMs, () => saveDraft(client, conversationId));
}

export function saveDraft(client: Client, conversationId: string): void {
  client.later.cancel(`draft.${conversationId}`);
  const { text, mediaIds, replyToId, note, privately, letter, dirty } =
    client.store.getState().drafts[conversationId] ?? emptyDraft;
  if (!dirty) return;
  keepDraftFiles(client, conversationId, mediaIds);
  const input = { conversationId, text, mediaIds: [...mediaIds], replyToId, note, privately, letter };
  drop(
    client.outbox.hold({
      id: `draft.${conversationId}`,
      name: "draft.save",
      input,
      lane: `draft.${conversationId}`,
    }),
  );
}

/** Once the line is live: what was typed and the gateway has not, or has lost with the store that it was restored from. */
export function saveChangedDrafts(client: Client): void {
  for (const [conversationId, draft] of Object.entries(client.store.getState().drafts))
    if (draft.dirty) saveDraft(client, conversationId);
}

/** Before the page goes away or breaks: hand over all that waits for a rest in typing. */
export const saveDrafts = (client: Client): void => client.later.flush("draft.");

export function clearDraft(client: Client, conversationId: string): void {
  client.update((s) => editDraft(s, conversationId, { ...emptyDraft, dirty: true }));
  saveDraft(client, conversationId);
}
