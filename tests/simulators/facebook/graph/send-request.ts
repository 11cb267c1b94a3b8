import { asObject, asText, isObject, type Json, type JsonObject } from "../../kit/json.ts";
import type { MediaFile } from "../../kit/media.ts";
import type { QuickReply } from "../core/world.ts";
import type { GraphCall } from "./call.ts";
import { errors, invalid } from "./errors.ts";
import { checkTemplate } from "./templates.ts";

export type UploadType = "image" | "video" | "audio" | "file";

export type AttachmentSource =
  | { readonly from: "url"; readonly type: UploadType; readonly url: string }
  | { readonly from: "id"; readonly type: UploadType; readonly attachmentId: string }
  | { readonly from: "upload"; readonly type: UploadType; readonly file: MediaFile }
  | { readonly from: "template"; readonly payload: JsonObject }
  | { readonly from: "sticker"; readonly stickerId: string };

export interface SendRequest {
  readonly text: string | undefined;
  readonly attachment: AttachmentSource | undefined;
  readonly quickReplies: readonly QuickReply[];
  readonly metadata: string | undefined;
  readonly replyTo: string | undefined;
  readonly tag: string | undefined;
}

const MAX_TEXT = 2_000;
const MAX_METADATA = 1_000;
const MAX_QUICK_REPLIES = 13;
const MAX_QUICK_REPLY_TITLE = 20;
const LIVE_TAG = "HUMAN_AGENT";
const RETIRED_TAGS = new Set(["CONFIRMED_EVENT_UPDATE", "ACCOUNT_UPDATE", "POST_PURCHASE_UPDATE"]);
const MESSAGING_TYPES = new Set(["RESPONSE", "UPDATE", "MESSAGE_TAG"]);
const NOTIFICATION_TYPES = new Set(["REGULAR", "SILENT_PUSH", "NO_PUSH"]);

export function parseSendRequest(call: GraphCall): SendRequest {
  const { values } = call;
  const message = values["message"];
  if (!isObject(message)) throw invalid("param message must be non-empty.");
  const notification = asText(values["notification_type"]);
  if (notification !== undefined && !NOTIFICATION_TYPES.has(notification)) {
    throw invalid("param notification_type has an unknown value");
  }
  const text = textOf(message);
  const attachment = attachmentOf(message, call.file);
  if (text !== undefined && attachment) throw invalid("Cannot send both text and an attachment");
  if (text === undefined && !attachment)
    throw invalid("Message cannot be empty, must provide valid attachment or text");
  return {
    text,
    attachment,
    quickReplies: quickRepliesOf(message),
    metadata: metadataOf(message),
    replyTo: asText(asObject(values["reply_to"])["mid"]),
    tag: tagOf(values),
  };
}

function textOf(message: JsonObject): string | undefined {
  const text = message["text"];
  if (text === undefined) return undefined;
  if (typeof text !== "string" || text.trim() === "")
    throw invalid("param message[text] must be a non-empty string");
  if (text.length > MAX_TEXT)
    throw invalid("Length of param message[text] must be less than or equal to 2000");
  return text;
}

function metadataOf(message: JsonObject): string | undefined {
  const metadata = message["metadata"];
  if (metadata === undefined) return undefined;
  if (typeof metadata !== "string" || metadata.length > MAX_METADATA) {
    throw invalid("Length of param message[metadata] must be less than or equal to 1000");
  }
  return metadata;
}

function tagOf(values: JsonObject): string | undefined {
  const type = asText(values["messaging_type"]) ?? "RESPONSE";
  if (!MESSAGING_TYPES.has(type)) throw invalid("param messaging_type has an unknown value");
  const tag = asText(values["tag"]);
  if (type === "MESSAGE_TAG" && tag === undefined) throw invalid("param tag is required with MESSAGE_TAG");
  if (tag === undefined) return undefined;
  if (RETIRED_TAGS.has(tag)) throw errors.retiredTag(tag);
  if (tag !== LIVE_TAG) throw invalid("param tag has an unknown value");
  if (type !== "MESSAGE_TAG") throw invalid("param tag is only valid with messaging_type MESSAGE_TAG");
  return tag;
}

function quickRepliesOf(message: JsonObject): QuickReply[] {
  const list = message["quick_replies"];
  if (list === undefined) return [];
  if (!Array.isArray(list) || list.length > MAX_QUICK_REPLIES)
    throw invalid("At most 13 quick replies are allowed");
  return list.map(quickReply);
}

function quickReply(value: Json): QuickReply {
  const entry = asObject(value);
  const title = asText(entry["title"]) ?? "";
  const payload = asText(entry["payload"]) ?? "";
  if (entry["content_type"] !== "text") throw invalid("param quick_replies[content_type] must be text here");
  if (title === "" || title.length > MAX_QUICK_REPLY_TITLE) {
    throw invalid("Length of param quick_replies[title] must be between 1 and 20");
  }
  if (payload === "" || payload.length > MAX_METADATA)
    throw invalid("param quick_replies[payload] is missing or too long");
  return { title, payload };
}

/** The attachment of a message or of a message_attachments call. */
export function attachmentOf(message: JsonObject, file: MediaFile | undefined): AttachmentSource | undefined {
  if ("attachments" in message) throw invalid("Only one attachment is allowed per message");
  const sticker = asText(message["sticker_id"]);
  const raw = message["attachment"];
  if (sticker !== undefined) {
    if (raw !== undefined) throw invalid("Cannot send both a sticker and an attachment");
    return { from: "sticker", stickerId: sticker };
  }
  if (raw === undefined) return undefined;
  if (!isObject(raw)) throw invalid("param message[attachment] must be one object");
  const payload = asObject(raw["payload"]);
  const type = asText(raw["type"]);
  if (type === "template") return { from: "template", payload: checkTemplate(payload) };
  if (!isUploadType(type)) throw invalid("param attachment[type] has an unknown value");
  return uploadOf(type, payload, file);
}

function uploadOf(type: UploadType, payload: JsonObject, file: MediaFile | undefined): AttachmentSource {
  const url = asText(payload["url"]);
  const attachmentId = asText(payload["attachment_id"]);
  const given = [url, attachmentId, file].filter((one) => one !== undefined).length;
  if (given !== 1) throw invalid("Provide exactly one of url, attachment_id and filedata");
  if (url !== undefined) return { from: "url", type, url };
  if (attachmentId !== undefined) return { from: "id", type, attachmentId };
  if (file) return { from: "upload", type, file };
  throw invalid("param attachment[payload] is empty");
}

function isUploadType(type: string | undefined): type is UploadType {
  return type === "image" || type === "video" || type === "audio" || type === "file";
}

export function isReusable(message: JsonObject): boolean {
  const payload = asObject(asObject(message["attachment"])["payload"]);
  return payload["is_reusable"] === true || payload["is_reusable"] === "true";
}

export function recipientOf(values: JsonObject): { readonly key: string; readonly id: string } {
  const recipient = asObject(values["recipient"]);
  const keys = ["id", "comment_id", "post_id", "user_ref"].filter((key) => recipient[key] !== undefined);
  const key = keys[0];
  const id = key === undefined ? undefined : asText(recipient[key]);
  if (keys.length !== 1 || key === undefined || id === undefined) {
    throw invalid("param recipient must hold exactly one of id, user_ref, comment_id, post_id");
  }
  return { key, id };
}
