import type { Json, JsonObject } from "../../kit/json.ts";
import type { Sim } from "../core/context.ts";
import type { Attachment, StoredMessage, Thread } from "../core/world.ts";

type MediaAndFaults = Pick<Sim, "media" | "faults">;

export function fromCustomer(thread: Thread, at: number): JsonObject {
  return { sender: { id: thread.psid }, recipient: { id: thread.pageId }, timestamp: at };
}

function fromPage(thread: Thread, at: number): JsonObject {
  return { sender: { id: thread.pageId }, recipient: { id: thread.psid }, timestamp: at };
}

export interface MessageExtras {
  readonly quickReplyPayload?: string | undefined;
  readonly referral?: JsonObject | undefined;
}

export function inboundItem(
  sim: MediaAndFaults,
  thread: Thread,
  { message, extras = {} }: { message: StoredMessage; extras?: MessageExtras },
): JsonObject {
  const quick = extras.quickReplyPayload;
  return {
    ...fromCustomer(thread, message.at),
    message: {
      ...messageBody(sim, thread, message),
      quick_reply: quick === undefined ? undefined : { payload: quick },
      referral: extras.referral,
    },
  };
}

export function echoItem(
  sim: MediaAndFaults,
  thread: Thread,
  { message, metadata }: { message: StoredMessage; metadata?: string | undefined },
): JsonObject {
  return {
    ...fromPage(thread, message.at),
    message: {
      is_echo: true,
      app_id: message.appId === undefined ? undefined : numeric(message.appId),
      metadata,
      ...messageBody(sim, thread, message),
    },
  };
}

function messageBody(sim: MediaAndFaults, thread: Thread, message: StoredMessage): JsonObject {
  const attachments = message.attachments.flatMap((one) => attachmentJson(sim, one, message.from));
  const replied = thread.messages.find(({ mid }) => mid === message.replyTo);
  return {
    mid: message.mid,
    text: message.text,
    reply_to:
      message.replyTo === undefined
        ? undefined
        : { mid: message.replyTo, is_self_reply: replied?.from === message.from },
    attachments: attachments.length > 0 ? attachments : undefined,
  };
}

function attachmentJson(sim: MediaAndFaults, one: Attachment, from: "customer" | "page"): Json[] {
  const url = one.mediaId === undefined ? one.url : sim.media.url(one.mediaId);
  switch (one.type) {
    case "sticker": {
      const payload = { url, sticker_id: numeric(one.stickerId ?? "") };
      const sticker = { type: "sticker", payload };
      return sim.faults.strike("sticker.double") ? [sticker, { type: "image", payload }] : [sticker];
    }
    case "fallback":
      // In echoes the title and the link sit on the attachment itself.
      return from === "page"
        ? [{ type: "fallback", title: one.title, url, payload: null }]
        : [{ type: "fallback", payload: { url, title: one.title } }];
    case "template":
      return [{ type: "template", title: one.title, payload: one.template }];
    case "image":
    case "video":
    case "audio":
    case "file":
      return [{ type: one.type, payload: { url } }];
  }
}

/** The vendor prints ids it considers its own as numbers, as long as they fit. */
function numeric(id: string): Json {
  return /^\d{1,15}$/.test(id) ? Number(id) : id;
}
