import { asObject, type JsonObject } from "../../kit/json.ts";
import type { MediaFile } from "../../kit/media.ts";
import type { Sim } from "../core/context.ts";
import { newNumericId } from "../core/ids.ts";
import type { Attachment, Page } from "../core/world.ts";
import { stickerAttachment } from "../customer/handle.ts";
import type { GraphCall } from "./call.ts";
import { errors, invalid } from "./errors.ts";
import { type AttachmentSource, attachmentOf, isReusable, type UploadType } from "./send-request.ts";

const MB = 1024 * 1024;
const IMAGE_BY_URL_LIMIT = 8 * MB;
export const UPLOAD_LIMIT = 25 * MB;
const FETCH_MS = 10_000;
const VIDEO_FETCH_MS = 75_000;
const REUSE_MS = 90 * 24 * 3_600_000;

interface Reusable {
  readonly pageId: string;
  readonly type: UploadType;
  readonly mediaId: string;
  readonly expiresAt: number;
}

/** Uploaded once, sent many times: private to the page and gone after 90 days. */
export type ReusableStore = Map<string, Reusable>;

export async function createReusable(
  sim: Sim,
  { store, page }: { store: ReusableStore; page: Page },
  call: GraphCall,
): Promise<JsonObject> {
  const message = asObject(call.values["message"]);
  const source = attachmentOf(message, call.file);
  if (!source || (source.from !== "url" && source.from !== "upload")) {
    throw invalid("param message[attachment] must hold a url or filedata");
  }
  if (!isReusable(message)) throw invalid("param is_reusable must be true to save an asset");
  const attachmentId = newNumericId(15);
  store.set(attachmentId, {
    pageId: page.id,
    type: source.type,
    mediaId: sim.media.put(await contentOf(sim, source)),
    expiresAt: sim.time.windowNow() + REUSE_MS,
  });
  return { attachment_id: attachmentId };
}

export async function resolveAttachment(
  sim: Sim,
  { store, page }: { store: ReusableStore; page: Page },
  source: AttachmentSource,
): Promise<Attachment> {
  switch (source.from) {
    case "template":
      return { type: "template", template: source.payload };
    case "sticker":
      return sticker(sim, source.stickerId);
    case "id": {
      const saved = store.get(source.attachmentId);
      const usable = saved?.pageId === page.id && saved.expiresAt > sim.time.windowNow();
      if (!saved || !usable) throw errors.badAttachment();
      if (saved.type !== source.type) throw errors.typeMismatch();
      return { type: saved.type, mediaId: saved.mediaId };
    }
    case "url":
    case "upload":
      return { type: source.type, mediaId: sim.media.put(await contentOf(sim, source)) };
  }
}

function sticker(sim: Sim, stickerId: string): Attachment {
  try {
    return stickerAttachment(sim, stickerId);
  } catch {
    throw invalid("param sticker_id is unknown");
  }
}

type FileSource = Extract<AttachmentSource, { from: "url" | "upload" }>;

async function contentOf(sim: Sim, source: FileSource): Promise<MediaFile> {
  const file = source.from === "upload" ? source.file : await fetchFile(sim, source);
  if (file.bytes.length === 0) throw invalid("The uploaded file is empty");
  if (file.bytes.length > UPLOAD_LIMIT) throw invalid("Attachment size exceeds allowable limit");
  if (!fits(source.type, file.contentType)) throw errors.typeMismatch();
  return file;
}

function fits(type: UploadType, contentType: string): boolean {
  return type === "file" || contentType.startsWith(`${type}/`);
}

async function fetchFile(sim: Sim, { type, url }: { type: UploadType; url: string }): Promise<MediaFile> {
  const late = type === "video" ? errors.videoFetchTimeout() : errors.fetchFailed();
  const abort = new AbortController();
  const stop = sim.clock.setTimeout(() => abort.abort(), type === "video" ? VIDEO_FETCH_MS : FETCH_MS);
  try {
    const response = await fetch(url, { signal: abort.signal });
    if (!response.ok || !response.body) throw errors.fetchFailed();
    const limit = type === "image" ? IMAGE_BY_URL_LIMIT : UPLOAD_LIMIT;
    const bytes = await readLimited(response.body, limit);
    return {
      bytes,
      contentType: response.headers.get("content-type")?.split(";")[0]?.trim() ?? "application/octet-stream",
      name: decodeURIComponent(new URL(url).pathname.split("/").at(-1) ?? "") || "file",
    };
  } catch {
    throw abort.signal.aborted ? late : errors.fetchFailed();
  } finally {
    stop();
  }
}

async function readLimited(body: ReadableStream<Uint8Array>, limit: number): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of body) {
    size += part.length;
    if (size > limit) throw errors.fetchFailed();
    parts.push(part);
  }
  return Buffer.concat(parts);
}
