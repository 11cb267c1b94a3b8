import type { Capabilities } from "@tongdai/shared";
import { toAppError, toWire } from "../net/failure.ts";
import { emptyDraft, nextPlace, putUploaded } from "../state/drafts.ts";
import type { UploadState } from "../state/model.ts";
import type { Client } from "./client.ts";
import { changeDraft } from "./save-draft.ts";

export const mostFiles = 10;

export type Unfit = "wrong_type" | "too_big" | "too_many" | "empty";

/** Why the channel would refuse this file, or `null`. */
export function unfit(file: File, rules: Capabilities["attachments"]): Exclude<Unfit, "too_many"> | null {
  if (file.size === 0) return "empty";
  const kind = kindOf(file.type);
  if (!rules.kinds.includes(kind)) return "wrong_type";
  return file.size > (kind === "image" ? rules.imageMaxBytes : rules.maxBytes) ? "too_big" : null;
}

function kindOf(mime: string): "image" | "video" | "audio" | "file" {
  const [group] = mime.split("/");
  return group === "image" || group === "video" || group === "audio" ? group : "file";
}

/** Uploads files into the draft. @returns those that were not taken, and why */
export function attachFiles(
  client: Client,
  conversationId: string,
  files: readonly File[],
  rules: Capabilities["attachments"],
): { file: File; why: Unfit }[] {
  const refused: { file: File; why: Unfit }[] = [];
  for (const file of files) {
    const why = attachedCount(client, conversationId) >= mostFiles ? "too_many" : unfit(file, rules);
    if (why) refused.push({ file, why });
    else begin(client, conversationId, file);
  }
  return refused;
}

function attachedCount(client: Client, conversationId: string): number {
  const { uploads, drafts } = client.store.getState();
  const running = uploads.filter((u) => u.conversationId === conversationId).length;
  return running + (drafts[conversationId]?.mediaIds.length ?? 0);
}

function begin(client: Client, conversationId: string, file: File): void {
  const id = client.newId();
  client.files.set(id, { file, stop: new AbortController() });
  const upload: UploadState = {
    id,
    conversationId,
    name: file.name,
    size: file.size,
    place: nextPlace(client.store.getState()),
    progress: 0,
    error: null,
  };
  client.update((s) => ({ ...s, uploads: [...s.uploads, upload] }));
  void transfer(client, upload);
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

async function transfer(client: Client, { id, conversationId, place }: UploadState): Promise<void> {
  const source = client.files.get(id);
  if (!source) return;
  try {
    const uploaded = await client.rest.upload(source.file, source.file.name, {
      progress: (progress) => change(client, id, { progress }),
      signal: source.stop.signal,
    });
    if (!client.files.delete(id)) return;
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
