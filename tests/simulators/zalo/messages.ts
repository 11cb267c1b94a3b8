import { asList, asObject, asText, type Json, type JsonObject } from "../kit/json.ts";
import { ZaloError } from "./errors.ts";
import { eventOf, fromOa, fromUser, messageJson } from "./events.ts";
import type { Sim } from "./sim.ts";
import {
  type Attachment,
  newMessageId,
  type Oa,
  type StoredMessage,
  type Thread,
  windowOf,
} from "./world.ts";

const MAX_TEXT = 2000;

/** A consultation message: `POST /v3.0/oa/message/cs`; to somebody without a log-in `POST /v2.0/oa/message`. */
export async function sendMessage(sim: Sim, oa: Oa, body: JsonObject): Promise<Outcome> {
  const thread = recipient(oa, asObject(body["recipient"]));
  const action = asObject(body["sender_action"]);
  if (action["react_message_id"] !== undefined) return react(sim, thread, action);
  const error = sim.faults.strike("send.error");
  if (error !== undefined) throw new ZaloError(Number(error));
  const content = readContent(sim, oa, asObject(body["message"]));
  const charged = pay(sim, oa, thread);
  const message: StoredMessage = {
    id: newMessageId(),
    from: "oa",
    at: sim.time.stamp(),
    ...content,
    charged,
    state: "sent",
  };
  thread.messages.push(message);
  const isFirst = sim.faults.strike("echo.beforeResponse") !== undefined;
  if (isFirst) await tell(sim, thread, message);
  const data: JsonObject = {
    message_id: message.id,
    user_id: thread.userId,
    quota: charged
      ? { quota_type: "purchase_quota", remain: String(oa.chargedLeft), total: "1000" }
      : { quota_type: "reply", remain: "unlimited", total: "unlimited" },
  };
  return isFirst ? { data } : { data, after: () => tell(sim, thread, message) };
}

/** What is answered, and what happens once the answer has left. */
export interface Outcome {
  readonly data: Json;
  readonly after?: () => Promise<void>;
}

function recipient(oa: Oa, to: JsonObject): Thread {
  const talk = asText(to["conversation_id"]);
  const userId = asText(to["user_id"]) ?? asText(to["anonymous_id"]) ?? "";
  const thread = oa.threads.get(userId);
  // An id of another id space is nobody's.
  if (!thread || (thread.talkId !== null && thread.talkId !== talk))
    throw new ZaloError(-201, "user_id is invalid");
  if (thread.blocked) throw new ZaloError(-244);
  return thread;
}

function readContent(
  sim: Sim,
  oa: Oa,
  message: JsonObject,
): Pick<StoredMessage, "text" | "attachments" | "quoteId"> {
  const text = asText(message["text"]);
  const quoteId = asText(message["quote_message_id"]);
  const attachment = asObject(message["attachment"]);
  const attachments = message["attachment"] === undefined ? [] : [attached(sim, oa, attachment)];
  if ((text ?? "") === "" && attachments.length === 0) throw new ZaloError(-201, "message is empty");
  if ((text?.length ?? 0) > MAX_TEXT) throw new ZaloError(-201, "text is too long");
  return { text, attachments, quoteId };
}

function attached(sim: Sim, oa: Oa, attachment: JsonObject): Attachment {
  const payload = asObject(attachment["payload"]);
  const element = asObject(asList(payload["elements"])[0]);
  const isFile = attachment["type"] === "file";
  const id = asText(isFile ? payload["token"] : element["attachment_id"]) ?? "";
  const upload = sim.world.uploads.get(id);
  const isOwn = upload?.oaId === oa.options.oaId && upload.until > sim.time.windowNow();
  if (!upload || !isOwn) throw new ZaloError(-100);
  if (isFile !== (upload.kind === "file")) throw new ZaloError(-233);
  if (upload.kind === "gif" && (!element["width"] || !element["height"]))
    throw new ZaloError(-201, "width and height of a gif are missing");
  return { type: upload.kind, mediaId: upload.mediaId, name: upload.name };
}

/** Whether the message costs; refuses where the window is shut or nothing is left to pay with. */
function pay(sim: Sim, oa: Oa, thread: Thread): boolean {
  switch (windowOf(thread, sim.time.windowNow())) {
    case "free":
      return false;
    case "never":
      throw new ZaloError(-232);
    case "closed":
      throw new ZaloError(-230);
    case "charged":
      if (oa.options.cloudAccount === false) throw new ZaloError(-321);
      if (oa.chargedLeft <= 0) throw new ZaloError(-211);
      oa.chargedLeft -= 1;
      return true;
  }
}

function react(sim: Sim, thread: Thread, action: JsonObject): Outcome {
  const message = thread.messages.find(({ id }) => id === asText(action["react_message_id"]));
  if (!message) throw new ZaloError(-201, "react_message_id is invalid");
  const icon = asText(action["react_icon"]);
  message.reaction = icon === "/-remove" ? undefined : icon;
  sim.changed();
  return { data: { message_id: newMessageId() } };
}

/** The echo, and the receipt of the phone. */
export async function tell(
  sim: Sim,
  thread: Thread,
  message: StoredMessage,
  adminId?: string,
): Promise<void> {
  if (!sim.faults.strike("echo.drop")) {
    const told = messageJson(sim, message);
    const isOther = sim.faults.strike("echo.otherId") !== undefined;
    await fromOa(sim, thread, {
      event: eventOf("oa_send", message),
      message: isOther ? { ...told, msg_id: `e${message.id}` } : told,
      adminId,
    });
  }
  if (!thread.offline) await arrive(sim, thread, message, adminId === undefined);
}

/** It reached the phone; only the app that sent it is told. */
export async function arrive(sim: Sim, thread: Thread, message: StoredMessage, isTold = true): Promise<void> {
  if (message.state !== "sent") return;
  message.state = "received";
  sim.changed();
  if (!isTold || thread.talkId !== null || sim.faults.strike("received.drop")) return;
  await fromUser(sim, thread, { event: "user_received_message", message: { msg_id: message.id } });
}
