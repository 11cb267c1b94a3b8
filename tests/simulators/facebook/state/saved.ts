import { asObject, parseJson } from "../../kit/json.ts";
import type { Attachment, Comment, QuickReply, StoredMessage, Thread } from "../core/world.ts";
import { amount, fieldsOf, flag, listOf, Misshapen, maybe, object, oneOf, type Read, text } from "./shape.ts";

export const VERSION = 1;

/** A file that a message names. Too large a one is remembered by its name and kind alone. */
export interface SavedMedia {
  readonly id: string;
  readonly name: string;
  readonly contentType: string;
  readonly base64?: string | undefined;
}

export type SavedThread = Omit<Thread, "heldReceipts" | "typingUntil">;

export interface SavedPage {
  readonly id: string;
  readonly threads: readonly SavedThread[];
  readonly comments: readonly Comment[];
}

/** What outlives a stop: people, their windows, the chat. Faults, tokens and deliveries begin afresh. */
export interface Saved {
  readonly version: typeof VERSION;
  readonly travelledMs: number;
  readonly pages: readonly SavedPage[];
  readonly media: readonly SavedMedia[];
}

/** Throws `Misshapen` for everything that this version of the simulator does not write. */
export function parseSaved(content: string): Saved {
  const value = parseJson(content);
  if (value === undefined) throw new Misshapen("it is not JSON");
  if (asObject(value)["version"] !== VERSION) throw new Misshapen(`its version is not ${VERSION}`);
  const field = fieldsOf(value, "state");
  return {
    version: VERSION,
    travelledMs: field("travelledMs", amount),
    pages: field("pages", listOf(page)),
    media: field("media", listOf(media)),
  };
}

const page: Read<SavedPage> = (value, at) => {
  const field = fieldsOf(value, at);
  return {
    id: field("id", text),
    threads: field("threads", listOf(thread)),
    comments: field("comments", listOf(comment)),
  };
};

const thread: Read<SavedThread> = (value, at) => {
  const field = fieldsOf(value, at);
  return {
    pageId: field("pageId", text),
    psid: field("psid", text),
    name: field("name", text),
    profile: field("profile", oneOf("full", "none", "phone")),
    messages: field("messages", listOf(message)),
    lastOpenAt: field("lastOpenAt", maybe(amount)),
    lastMessageAt: field("lastMessageAt", maybe(amount)),
    ownerAppId: field("ownerAppId", maybe(text)),
    blocked: field("blocked", flag),
    offline: field("offline", flag),
    deliveredTo: field("deliveredTo", amount),
    readTo: field("readTo", amount),
    seenByPageTo: field("seenByPageTo", amount),
  };
};

const message: Read<StoredMessage> = (value, at) => {
  const field = fieldsOf(value, at);
  return {
    mid: field("mid", text),
    from: field("from", oneOf("customer", "page")),
    at: field("at", amount),
    text: field("text", maybe(text)),
    attachments: field("attachments", listOf(attachment)),
    quickReplies: field("quickReplies", listOf(quickReply)),
    replyTo: field("replyTo", maybe(text)),
    appId: field("appId", maybe(text)),
    edits: field("edits", amount),
    reactions: field("reactions", reactions),
    taken: field("taken", flag),
  };
};

const ATTACHMENTS = oneOf("image", "video", "audio", "file", "sticker", "fallback", "template");

const attachment: Read<Attachment> = (value, at) => {
  const field = fieldsOf(value, at);
  const optional = (key: "mediaId" | "stickerId" | "title" | "url") => {
    const one = field(key, maybe(text));
    return one === undefined ? {} : { [key]: one };
  };
  const template = field("template", maybe(object));
  return {
    type: field("type", ATTACHMENTS),
    ...optional("mediaId"),
    ...optional("stickerId"),
    ...optional("title"),
    ...optional("url"),
    ...(template === undefined ? {} : { template }),
  };
};

const quickReply: Read<QuickReply> = (value, at) => {
  const field = fieldsOf(value, at);
  return { title: field("title", text), payload: field("payload", text) };
};

const reactions: Read<StoredMessage["reactions"]> = (value, at) => {
  const field = fieldsOf(value, at);
  const [customer, byPage] = [field("customer", maybe(text)), field("page", maybe(text))];
  return {
    ...(customer === undefined ? {} : { customer }),
    ...(byPage === undefined ? {} : { page: byPage }),
  };
};

const comment: Read<Comment> = (value, at) => {
  const field = fieldsOf(value, at);
  return {
    id: field("id", text),
    postId: field("postId", text),
    parentId: field("parentId", text),
    psid: field("psid", maybe(text)),
    author: field("author", text),
    message: field("message", text),
    at: field("at", amount),
    windowAt: field("windowAt", amount),
    hidden: field("hidden", flag),
    liked: field("liked", maybe(flag)) ?? false,
    photoId: field("photoId", maybe(text)),
    privateReplyMid: field("privateReplyMid", maybe(text)),
  };
};

const media: Read<SavedMedia> = (value, at) => {
  const field = fieldsOf(value, at);
  return {
    id: field("id", text),
    name: field("name", text),
    contentType: field("contentType", text),
    base64: field("base64", maybe(text)),
  };
};
