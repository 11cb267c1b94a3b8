import { drawSamplePicture } from "../kit/drawings.ts";
import type { JsonObject } from "../kit/json.ts";
import type { MediaFile } from "../kit/media.ts";
import { aboutUser, eventOf, fromUser, messageJson, submittedInfo } from "./events.ts";
import type { Sim } from "./sim.ts";
import {
  type Attachment,
  newMessageId,
  type StoredMessage,
  type Thread,
  type WindowState,
  windowOf,
} from "./world.ts";

export interface Sent {
  readonly id: string;
  readonly at: number;
}

export interface Transcript {
  readonly oaId: string;
  readonly userId: string;
  readonly name: string;
  readonly visitor: boolean;
  readonly follows: boolean;
  readonly blocked: boolean;
  readonly offline: boolean;
  readonly window: WindowState;
  readonly messages: readonly StoredMessage[];
}

export interface SubmittedInfo {
  readonly name?: string;
  readonly phone?: string;
  readonly address?: string;
}

/** One person at one account, as a test plays them. */
export interface Customer {
  readonly userId: string;
  readonly oaId: string;
  readonly name: string;
  readonly phone: string;
  text(text: string, quoteId?: string): Promise<Sent>;
  image(file?: MediaFile, text?: string): Promise<Sent>;
  file(file: MediaFile): Promise<Sent>;
  attach(attachment: Attachment): Promise<Sent>;
  sticker(): Promise<Sent>;
  react(messageId: string, icon: string): Promise<void>;
  follow(): Promise<void>;
  unfollow(): Promise<void>;
  submitInfo(info?: SubmittedInfo): Promise<void>;
  /** Opens the talk: what came is seen. */
  read(): Promise<void>;
  set(change: Partial<Pick<Thread, "blocked" | "offline">>): void;
  transcript(): Transcript;
}

let sample: Buffer | undefined;
export function samplePicture(): MediaFile {
  sample ??= drawSamplePicture();
  return { bytes: sample, contentType: "image/png", name: "kien-hang.png" };
}

export function customerHandle(sim: Sim, thread: Thread): Customer {
  const acts = () => {
    thread.lastActAt = sim.time.windowNow();
  };
  const store = (type: Attachment["type"], file: MediaFile): Attachment => ({
    type,
    mediaId: sim.media.put(file),
    name: file.name,
  });
  const send = async (o: Partial<Pick<StoredMessage, "text" | "attachments" | "quoteId">>): Promise<Sent> => {
    const message: StoredMessage = {
      id: newMessageId(),
      from: "user",
      at: sim.time.stamp(),
      text: o.text?.normalize("NFC"),
      attachments: o.attachments ?? [],
      quoteId: o.quoteId,
      state: "sent",
    };
    thread.messages.push(message);
    acts();
    const who = thread.talkId === null ? "user_send" : "anonymous_send";
    void fromUser(sim, thread, { event: eventOf(who, message), message: messageJson(sim, message) });
    return { id: message.id, at: message.at };
  };
  return {
    userId: thread.userId,
    oaId: thread.oaId,
    name: thread.name,
    phone: thread.phone,
    text: (text, quoteId) => send({ text, quoteId }),
    image: (file = samplePicture(), text) => send({ text, attachments: [store("image", file)] }),
    file: (file) => send({ attachments: [store("file", file)] }),
    attach: (attachment) => send({ attachments: [attachment] }),
    sticker: () => send({ attachments: [store("sticker", samplePicture())] }),
    async react(messageId, icon) {
      const message = thread.messages.find(({ id }) => id === messageId);
      if (message) message.reaction = icon;
      acts();
      void fromUser(sim, thread, {
        event: "user_reacted_message",
        message: { msg_id: messageId, react_icon: icon },
      });
    },
    async follow() {
      thread.follows = true;
      acts();
      void aboutUser(sim, thread, "follow");
    },
    async unfollow() {
      thread.follows = false;
      void aboutUser(sim, thread, "unfollow");
    },
    async submitInfo(info = {}) {
      acts();
      const told: JsonObject = {
        name: info.name ?? thread.name,
        phone: info.phone ?? thread.phone,
        full_address: {
          user_city: "Hà Nội",
          user_ward: "Cầu Giấy",
          user_address: info.address ?? "12 Trần Thái Tông",
        },
      };
      void submittedInfo(sim, thread, told);
    },
    async read() {
      const unseen = thread.messages.filter(({ from, state }) => from === "oa" && state !== "seen");
      if (unseen.length === 0) return;
      for (const message of unseen) message.state = "seen";
      // Only the app that sent it is told, and what a person typed in the vendor's tool was sent by no app.
      const msg_ids = unseen.filter(({ byAdmin }) => !byAdmin).map(({ id }) => id);
      if (msg_ids.length > 0)
        void fromUser(sim, thread, { event: "user_seen_message", message: { msg_ids } });
      sim.changed();
    },
    set(change) {
      Object.assign(thread, change);
      sim.changed();
    },
    transcript: () => transcriptOf(sim, thread),
  };
}

export const transcriptOf = (sim: Sim, thread: Thread): Transcript => ({
  oaId: thread.oaId,
  userId: thread.userId,
  name: thread.name,
  visitor: thread.talkId !== null,
  follows: thread.follows,
  blocked: thread.blocked,
  offline: thread.offline,
  window: windowOf(thread, sim.time.windowNow()),
  messages: thread.messages,
});
