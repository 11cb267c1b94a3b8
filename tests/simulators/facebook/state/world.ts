import type { MediaFile } from "../../kit/media.ts";
import { drawPng } from "../../kit/png.ts";
import type { Sim } from "../core/context.ts";
import type { Attachment, Page, StoredMessage, Thread } from "../core/world.ts";
import { deliverToCustomer } from "../customer/receipts.ts";
import { stickerMedia } from "../media/stickers.ts";
import { type Saved, type SavedMedia, type SavedThread, VERSION } from "./saved.ts";

/** The whole file is written after each change: pictures stay small, and the newest are kept. */
const MEDIA_EACH = 1024 * 1024;
const MEDIA_ALL = 8 * 1024 * 1024;

export function save(sim: Sim): Saved {
  const pages = [...sim.world.pages.values()];
  const messages = pages.flatMap((page) => [...page.threads.values()]).flatMap((thread) => thread.messages);
  return {
    version: VERSION,
    travelledMs: sim.time.offset(),
    pages: pages.map(({ id, threads, comments }) => ({
      id,
      threads: [...threads.values()].map(savedThread),
      comments: [...comments.values()],
    })),
    media: savedMedia(sim, messages),
  };
}

function savedThread(thread: Thread): SavedThread {
  // JSON leaves out what is undefined.
  const kept = { ...thread, heldReceipts: undefined, typingUntil: undefined };
  return kept;
}

function savedMedia(sim: Sim, messages: readonly StoredMessage[]): SavedMedia[] {
  const newest = messages.toSorted((a, b) => b.at - a.at).flatMap(({ attachments }) => attachments);
  // A sticker is drawn again from its id.
  const ids = newest.flatMap(({ mediaId, stickerId }) => (mediaId && !stickerId ? [mediaId] : []));
  let room = MEDIA_ALL;
  return [...new Set(ids)].flatMap((id) => {
    const file = sim.media.get(id);
    if (!file) return [];
    const { bytes, name, contentType } = file;
    if (bytes.length > Math.min(MEDIA_EACH, room)) return [{ id, name, contentType }];
    room -= bytes.length;
    return [{ id, name, contentType, base64: Buffer.from(bytes).toString("base64") }];
  });
}

/** Into a world that is still empty. Pages that the configuration no longer has are left out. */
export function restore(sim: Sim, saved: Saved): void {
  sim.time.travel(saved.travelledMs);
  for (const one of saved.media) sim.media.restore(one.id, mediaFile(one));
  for (const { id, threads, comments } of saved.pages) {
    const page = sim.world.pages.get(id);
    if (!page) continue;
    for (const comment of comments) page.comments.set(comment.id, comment);
    for (const thread of threads) restoreThread(sim, page, thread);
  }
}

function restoreThread(sim: Sim, page: Page, saved: SavedThread): void {
  const messages = saved.messages.map((message) => ({
    ...message,
    attachments: message.attachments.map((one) => redrawn(sim, one)),
  }));
  const thread: Thread = { ...saved, messages, typingUntil: 0, heldReceipts: [] };
  page.threads.set(thread.psid, thread);
  if (!thread.offline) return;
  // The phone is still off: what waits for it is delivered when it comes back.
  for (const message of messages)
    if (message.from === "page" && message.at > thread.deliveredTo)
      void deliverToCustomer(sim, thread, message);
}

function redrawn(sim: Sim, one: Attachment): Attachment {
  const mediaId = one.stickerId === undefined ? undefined : stickerMedia(sim.media, one.stickerId);
  return mediaId === undefined ? one : { ...one, mediaId };
}

function mediaFile({ name, contentType, base64 }: SavedMedia): MediaFile {
  if (base64 !== undefined) return { name, contentType, bytes: Buffer.from(base64, "base64") };
  const picture = contentType.startsWith("image/");
  return picture
    ? { name, contentType: "image/png", bytes: drawPng({ width: 240, height: 160 }, () => GREY) }
    : { name, contentType, bytes: new Uint8Array() };
}

const GREY = { r: 200, g: 204, b: 208, a: 255 };
