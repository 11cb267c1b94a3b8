import type { JsonObject } from "../../kit/json.ts";
import type { Sim } from "../core/context.ts";
import { type WindowState, windowOf } from "../core/threads.ts";
import type { Attachment, QuickReply, StoredMessage, Thread } from "../core/world.ts";

export type MessageState = "sent" | "delivered" | "read";

export interface SeenAttachment {
  readonly type: Attachment["type"];
  readonly mediaId?: string;
  readonly name?: string;
  readonly contentType?: string;
  readonly size?: number;
  readonly stickerId?: string;
  readonly title?: string;
  readonly url?: string;
  readonly template?: JsonObject;
}

export interface SeenMessage {
  readonly mid: string;
  readonly from: "customer" | "page";
  readonly at: number;
  readonly text?: string;
  readonly attachments: readonly SeenAttachment[];
  readonly quickReplies: readonly QuickReply[];
  readonly replyTo?: string;
  readonly edits: number;
  readonly reactions: { readonly customer?: string; readonly page?: string };
  /** A customer's message: sent to the vendor, taken by the business, seen by it. A page's: by the phone. */
  readonly state: MessageState;
}

export interface Transcript {
  readonly pageId: string;
  readonly psid: string;
  readonly name: string;
  readonly blocked: boolean;
  readonly offline: boolean;
  readonly typing: boolean;
  readonly window: WindowState;
  readonly messages: readonly SeenMessage[];
}

export function transcriptOf(sim: Sim, thread: Thread): Transcript {
  return {
    pageId: thread.pageId,
    psid: thread.psid,
    name: thread.name,
    blocked: thread.blocked,
    offline: thread.offline,
    typing: thread.typingUntil > sim.clock.now(),
    window: windowOf(thread, sim.time.windowNow()),
    messages: thread.messages.map((message) => seen(sim, thread, message)),
  };
}

function seen(sim: Sim, thread: Thread, message: StoredMessage): SeenMessage {
  return {
    mid: message.mid,
    from: message.from,
    at: message.at,
    ...(message.text === undefined ? {} : { text: message.text }),
    attachments: message.attachments.map((one) => seenAttachment(sim, one)),
    quickReplies: message.quickReplies,
    ...(message.replyTo === undefined ? {} : { replyTo: message.replyTo }),
    edits: message.edits,
    reactions: { ...message.reactions },
    state: stateOf(thread, message),
  };
}

function seenAttachment(sim: Sim, one: Attachment): SeenAttachment {
  const file = one.mediaId === undefined ? undefined : sim.media.get(one.mediaId);
  return file ? { ...one, name: file.name, contentType: file.contentType, size: file.bytes.length } : one;
}

function stateOf(thread: Thread, message: StoredMessage): MessageState {
  if (message.from === "customer") {
    if (message.at <= thread.seenByPageTo) return "read";
    return message.taken ? "delivered" : "sent";
  }
  if (message.at <= thread.readTo) return "read";
  return message.at <= thread.deliveredTo ? "delivered" : "sent";
}
