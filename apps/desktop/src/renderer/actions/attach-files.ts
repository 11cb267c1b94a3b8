import type { Capabilities, Conversation } from "@tongdai/shared";
import { toAppError, toWire } from "../net/failure.ts";
import { emptyDraft, nextPlace, putUploaded } from "../state/drafts.ts";
import type { UploadState } from "../state/model.ts";
import { selectCapabilities } from "../state/selectors.ts";
import { kindOf, unfit } from "../state/unfit.ts";
import type { Client } from "./client.ts";
import { changeDraft } from "./save-draft.ts";

export const mostFiles = 10;

export type Refusal = "too_many" | "empty";

/**
 * Uploads files into the draft. What the channel does not take stands there too, not sent up: another one may take it.
 * @returns those that no channel takes, and why
 */
export function attachFiles(
  client: Client,
  conversationId: string,
  files: readonly File[],
  rules: Capabilities["attachments"],
): { file: File; why: Refusal }[] {
  const refused: { file: File; why: Refusal }[] = [];
  for (const file of files) {
    if (file.size === 0) refused.push({ file, why: "empty" });
    else if (attachedCount(client, conversationId) >= mostFiles) refused.push({ file, why: "too_many" });
    else begin(client, conversationId, { file, rules });
  }
  return refused;
}

function attachedCount(client: Client, conversationId: string): number {
  const { uploads, drafts } = client.store.getState();
  const running = uploads.filter((u) => u.conversationId === conversationId).length;
  return running + (drafts[conversationId]?.mediaIds.length ?? 0);
}

function begin(
  client: Client,
  conversationId: string,
  { file, rules }: { file: File; rules: Capabilities["attachments"] },
): void {
  const id = client.newId();
  client.files.set(id, { file, stop: new AbortController() });
  const upload: UploadState = {
    id,
    conversationId,
    name: file.name,
    kind: kindOf(file.type),
    size: file.size,
    place: nextPlace(client.store.getState()),
    progress: 0,
    error: null,
    stopped: false,
  };
  const stopped = unfit(upload, rules) !== null;
  client.update((s) => ({ ...s, uploads: [...s.uploads, { ...upload, stopped }] }));
  if (!stopped) void transfer(client, upload);
}

/** Files on their way into one draft go into another; those that only the first channel refused are uploaded now. */
export function moveUploads(client: Client, fromId: string, to: Conversation): void {
  const state = client.store.getState();
  const rules = selectCapabilities(state, to)?.attachments;
  for (const upload of state.uploads.filter((u) => u.conversationId === fromId)) {
    const stopped = upload.stopped && (!rules || unfit(upload, rules) !== null);
    change(client, upload.id, { conversationId: to.id, stopped });
    if (upload.stopped && !stopped) void transfer(client, upload);
  }
}

export function retryUpload(client: Client, id: string): void {
  const upload = client.store.getState().uploads.find((u) => u.id === id);
  if (!upload) return;
  change(client, id, { progress: 0, error: null });
  void transfer(client, upload);
}

export function cancelUpload(client: Client, id: string): void {
  client.files.get(id)?.stop.abort();
  client.files.delete(id);
  client.update((s) => ({ ...s, uploads: s.uploads.filter((u) => u.id !== id) }));
}

export function removeAttachment(client: Client, conversationId: string, mediaId: string): void {
  const { mediaIds } = client.store.getState().drafts[conversationId] ?? emptyDraft;
  changeDraft(client, conversationId, { mediaIds: mediaIds.filter((id) => id !== mediaId) });
}

async function transfer(client: Client, { id, place }: UploadState): Promise<void> {
  const source = client.files.get(id);
  if (!source) return;
  try {
    const uploaded = await client.rest.upload(source.file, source.file.name, {
      progress: (progress) => change(client, id, { progress }),
      signal: source.stop.signal,
    });
    // It may have been moved to another draft meanwhile.
    const conversationId = client.store.getState().uploads.find((u) => u.id === id)?.conversationId;
    if (!client.files.delete(id) || conversationId === undefined) return;
    client.update((s) => ({ ...s, uploads: s.uploads.filter((u) => u.id !== id) }));
    client.update((s) => putUploaded(s, conversationId, { ...uploaded, place }));
    changeDraft(client, conversationId, {});
  } catch (cause) {
    change(client, id, { error: toWire(toAppError(cause)) });
  }
}

function change(client: Client, id: string, by: Partial<UploadState>): void {
  client.update((s) => ({ ...s, uploads: s.uploads.map((u) => (u.id === id ? { ...u, ...by } : u)) }));
}
