import { drawSamplePicture } from "../../kit/drawings.ts";
import type { JsonObject } from "../../kit/json.ts";
import type { MediaFile } from "../../kit/media.ts";
import type { Sim } from "../core/context.ts";
import { type Attachment, type Comment, findPage, type Thread } from "../core/world.ts";
import { LIKE_STICKER, stickerMedia } from "../media/stickers.ts";
import * as acts from "./acts.ts";
import { commentAs, editComment, removeComment } from "./comments.ts";
import { readByCustomer, releaseReceipts } from "./receipts.ts";
import { type SeenAttachment, type Transcript, transcriptOf } from "./transcript.ts";

export type Upload = Uint8Array | MediaFile | "sample";

export interface TextOptions {
  readonly referral?: JsonObject;
  readonly replyTo?: string;
}

/** One person on one page, as a test plays them. */
export interface Customer {
  readonly psid: string;
  readonly pageId: string;
  readonly name: string;
  text(text: string, options?: TextOptions): Promise<acts.Sent>;
  reply(mid: string, text: string): Promise<acts.Sent>;
  quickReply(title: string, payload: string): Promise<acts.Sent>;
  image(upload?: Upload, text?: string): Promise<acts.Sent>;
  file(type: "video" | "audio" | "file", upload: MediaFile): Promise<acts.Sent>;
  sticker(stickerId?: string): Promise<acts.Sent>;
  link(text: string, link: { readonly url: string; readonly title: string }): Promise<acts.Sent>;
  react(mid: string, reaction: string): Promise<void>;
  unreact(mid: string): Promise<void>;
  edit(mid: string, text: string): Promise<void>;
  postback(title: string, payload: string, referral?: JsonObject): Promise<acts.Sent>;
  referral(value?: JsonObject): Promise<void>;
  comment(message: string, parentId?: string, photo?: "sample"): Promise<Comment>;
  editComment(id: string, message: string): Promise<void>;
  removeComment(id: string): Promise<void>;
  read(): Promise<void>;
  block(): void;
  unblock(): void;
  /** While offline nothing is delivered to the phone; coming back delivers what waits. */
  offline(): void;
  online(): void;
  /** Who controls the thread: another app's id makes our sends fail and our events `standby`. */
  ownedBy(appId: string | undefined): void;
  readonly attachments: readonly SeenAttachment[];
  transcript(): Transcript;
}

export function customerHandle(sim: Sim, thread: Thread): Customer {
  const page = findPage(sim.world, thread.pageId);
  const send = async (parts: acts.SendParts) => acts.sendParts(sim, thread, parts);
  const store = (type: Attachment["type"], file: MediaFile): Attachment => ({
    type,
    mediaId: sim.media.put(file),
  });
  const set = (change: Partial<Pick<Thread, "blocked" | "offline" | "ownerAppId">>) => {
    Object.assign(thread, change);
    sim.changed();
  };
  return {
    psid: thread.psid,
    pageId: thread.pageId,
    name: thread.name,
    text: (text, options = {}) => send({ text, ...options }),
    reply: (replyTo, text) => send({ text, replyTo }),
    quickReply: (text, quickReplyPayload) => send({ text, quickReplyPayload }),
    image: (upload = "sample", text) => send({ text, attachments: [store("image", pictureFile(upload))] }),
    file: (type, upload) => send({ attachments: [store(type, upload)] }),
    sticker: (stickerId = LIKE_STICKER) => send({ attachments: [stickerAttachment(sim, stickerId)] }),
    link: (text, link) => send({ text, attachments: [{ type: "fallback", ...link }] }),
    react: async (mid, reaction) => acts.react(sim, thread, { mid, reaction }),
    unreact: async (mid) => acts.react(sim, thread, { mid, reaction: undefined }),
    edit: async (mid, text) => acts.edit(sim, thread, { mid, text }),
    postback: async (title, payload, referral) => acts.postback(sim, thread, { title, payload, referral }),
    referral: async (value = { ref: "khuyen-mai-11-11", source: "SHORTLINK", type: "OPEN_THREAD" }) =>
      acts.referral(sim, thread, value),
    comment: async (message, parentId, photo) => {
      const photoId = photo && sim.media.put(pictureFile(photo));
      return commentAs(sim, thread, { message, parentId, photoId });
    },
    editComment: async (id, message) => editComment(sim, page, { id, message }),
    removeComment: async (id) => removeComment(sim, page, id),
    read: () => readByCustomer(sim, thread),
    block: () => set({ blocked: true }),
    unblock: () => set({ blocked: false }),
    offline: () => set({ offline: true }),
    online: () => {
      set({ offline: false });
      releaseReceipts(thread);
    },
    ownedBy: (ownerAppId) => set({ ownerAppId }),
    get attachments() {
      return transcriptOf(sim, thread).messages.flatMap((message) => message.attachments);
    },
    transcript: () => transcriptOf(sim, thread),
  };
}

export function stickerAttachment(sim: Sim, stickerId: string): Attachment {
  const mediaId = stickerMedia(sim.media, stickerId);
  if (mediaId === undefined) throw new Error(`no sticker ${stickerId}`);
  return { type: "sticker", stickerId, mediaId };
}

let sample: Buffer | undefined;

function pictureFile(upload: Upload): MediaFile {
  if (upload === "sample") {
    sample ??= drawSamplePicture();
    return { bytes: sample, contentType: "image/png", name: "kien-hang.png" };
  }
  return upload instanceof Uint8Array ? { bytes: upload, contentType: "image/png", name: "anh.png" } : upload;
}
