import type { JsonObject } from "../../kit/json.ts";
import type { Sim } from "../core/context.ts";
import { newMid } from "../core/ids.ts";
import { storedMessage } from "../core/threads.ts";
import type { Attachment, StoredMessage, Thread } from "../core/world.ts";
import { fromCustomer, inboundItem, type MessageExtras } from "../webhook/items.ts";

export interface Sent {
  readonly mid: string;
  readonly at: number;
}

export interface SendParts extends MessageExtras {
  readonly text?: string | undefined;
  readonly attachments?: readonly Attachment[];
  readonly replyTo?: string | undefined;
}

/** What the customer's own app would refuse; the code lets the page say it in the customer's language. */
export class RefusedAct extends Error {
  readonly code: "blocked" | "edit-own" | "edit-count" | "edit-late" | "no-message";

  constructor(code: RefusedAct["code"], message: string) {
    super(message);
    this.code = code;
  }
}

const MAX_EDITS = 5;
const EDIT_WINDOW_MS = 15 * 60_000;

const EMOJI: Record<string, string> = {
  love: "❤",
  smile: "😆",
  wow: "😮",
  sad: "😢",
  angry: "😠",
  like: "👍",
  dislike: "👎",
};

/** Each act changes what the customer sees at once; the webhook leaves by itself (wait with settle()). */
export function sendParts(sim: Sim, thread: Thread, parts: SendParts): Sent {
  refuseBlocked(thread);
  const message = storedMessage({
    mid: newMid(),
    from: "customer",
    at: sim.time.stamp(),
    text: parts.text?.normalize("NFC"),
    attachments: parts.attachments ?? [],
    replyTo: parts.replyTo,
  });
  thread.messages.push(message);
  opens(sim, thread, { asMessage: true });
  emit(sim, thread, {
    field: "messages",
    item: inboundItem(sim, thread, { message, extras: parts }),
    onAck: () => {
      message.taken = true;
      sim.changed();
    },
  });
  return { mid: message.mid, at: message.at };
}

export function react(sim: Sim, thread: Thread, input: { mid: string; reaction: string | undefined }): void {
  refuseBlocked(thread);
  const message = known(thread, input.mid);
  const before = message.reactions.customer;
  if (input.reaction === undefined) delete message.reactions.customer;
  else message.reactions.customer = input.reaction;
  opens(sim, thread, { asMessage: false });
  const reaction = input.reaction ?? before ?? "other";
  const name = Object.hasOwn(EMOJI, reaction) ? reaction : "other";
  emit(sim, thread, {
    field: "message_reactions",
    item: {
      ...fromCustomer(thread, sim.time.stamp()),
      reaction: {
        reaction: name,
        emoji: EMOJI[reaction] ?? reaction,
        action: input.reaction === undefined ? "unreact" : "react",
        mid: input.mid,
      },
    },
  });
}

export function edit(sim: Sim, thread: Thread, input: { mid: string; text: string }): void {
  refuseBlocked(thread);
  const message = known(thread, input.mid);
  if (message.from !== "customer" || message.text === undefined)
    throw new RefusedAct("edit-own", "only own text can be edited");
  if (message.edits >= MAX_EDITS) throw new RefusedAct("edit-count", "a message can be edited five times");
  if (sim.clock.now() - message.at > EDIT_WINDOW_MS) throw new RefusedAct("edit-late", "too late to edit");
  message.text = input.text;
  message.edits += 1;
  emit(sim, thread, {
    field: "message_edits",
    item: {
      ...fromCustomer(thread, sim.time.stamp()),
      message_edit: { mid: input.mid, text: input.text, num_edit: message.edits },
    },
  });
}

export function postback(
  sim: Sim,
  thread: Thread,
  input: { title: string; payload: string; referral?: JsonObject | undefined },
): Sent {
  refuseBlocked(thread);
  const message = storedMessage({
    mid: newMid(),
    from: "customer",
    at: sim.time.stamp(),
    text: input.title,
  });
  thread.messages.push(message);
  opens(sim, thread, { asMessage: true });
  emit(sim, thread, {
    field: "messaging_postbacks",
    item: {
      ...fromCustomer(thread, message.at),
      postback: { mid: message.mid, title: input.title, payload: input.payload, referral: input.referral },
    },
    onAck: () => {
      message.taken = true;
      sim.changed();
    },
  });
  return { mid: message.mid, at: message.at };
}

export function referral(sim: Sim, thread: Thread, value: JsonObject): void {
  refuseBlocked(thread);
  opens(sim, thread, { asMessage: false });
  emit(sim, thread, {
    field: "messaging_referrals",
    item: { ...fromCustomer(thread, sim.time.stamp()), referral: value },
  });
}

interface Outgoing {
  readonly field: string;
  readonly item: JsonObject;
  readonly onAck?: () => void;
}

function emit(sim: Sim, thread: Thread, outgoing: Outgoing): void {
  sim.changed();
  void sim.webhooks.emit({ pageId: thread.pageId, owner: thread.ownerAppId, ...outgoing });
}

function opens(sim: Sim, thread: Thread, { asMessage }: { asMessage: boolean }): void {
  thread.lastOpenAt = sim.time.windowNow();
  if (asMessage) thread.lastMessageAt = thread.lastOpenAt;
}

function refuseBlocked(thread: Thread): void {
  if (thread.blocked) throw new RefusedAct("blocked", `${thread.name} has blocked the page`);
}

function known(thread: Thread, mid: string): StoredMessage {
  const message = thread.messages.find((candidate) => candidate.mid === mid);
  if (!message) throw new RefusedAct("no-message", `no message ${mid} in this thread`);
  return message;
}
