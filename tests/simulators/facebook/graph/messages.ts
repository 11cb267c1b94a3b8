import { asObject, asText, type JsonObject } from "../../kit/json.ts";
import type { Sim } from "../core/context.ts";
import { newMid } from "../core/ids.ts";
import { storedMessage, windowOf } from "../core/threads.ts";
import type { Attachment, Comment, Page, StoredMessage, Thread } from "../core/world.ts";
import { deliverToCustomer, emitEcho } from "../customer/receipts.ts";
import { type ReusableStore, resolveAttachment } from "./attachments.ts";
import { type GraphCall, type GraphReply, type PageCaller, pageCaller } from "./call.ts";
import { errors, GraphError, invalid } from "./errors.ts";
import { commentRecipient, markReplied } from "./private-reply.ts";
import type { RateLimit } from "./rate.ts";
import { parseSendRequest, recipientOf, type SendRequest } from "./send-request.ts";

export interface MessagesDeps {
  readonly sim: Sim;
  readonly reusable: ReusableStore;
  readonly rate: RateLimit;
}

const TYPING_MS = 20_000;

export async function postMessages(deps: MessagesDeps, call: GraphCall, pageId: string): Promise<GraphReply> {
  const { sim } = deps;
  const caller = pageCaller(sim, call, pageId);
  strikeSendFaults(sim);
  if (call.values["sender_action"] !== undefined) return senderAction(sim, call, caller);
  const recipient = recipientOf(call.values);
  const request = parseSendRequest(call);
  const target = targetOf(sim, caller.page, recipient);
  deps.rate.take(caller.page.id, request.attachment);
  checkAllowed(sim, { ...target, caller, tag: request.tag });
  const attachment = request.attachment
    ? await resolveAttachment(sim, { store: deps.reusable, page: caller.page }, request.attachment)
    : undefined;
  return commit(sim, { caller, ...target, request, attachment });
}

function strikeSendFaults(sim: Sim): void {
  if (sim.faults.strike("send.serverError")) throw errors.serverError();
  const throttle = sim.faults.strike("send.throttle");
  if (throttle !== undefined) {
    throw String(throttle) === "429" ? errors.tooManyRequests() : errors.throttled();
  }
  if (sim.faults.strike("send.restricted")) throw errors.restricted();
  if (sim.faults.strike("send.otherAppControls")) throw errors.otherAppControls();
}

interface Target {
  readonly thread: Thread;
  readonly comment: Comment | undefined;
}

function targetOf(sim: Sim, page: Page, { key, id }: { key: string; id: string }): Target {
  if (key === "comment_id") return commentRecipient(sim, page, id);
  if (key !== "id") throw invalid(`This simulator does not know recipient[${key}]`);
  const thread = page.threads.get(id);
  if (!thread) throw errors.noUser();
  return { thread, comment: undefined };
}

function checkAllowed(
  sim: Sim,
  { thread, comment, caller, tag }: Target & { caller: PageCaller; tag: string | undefined },
): void {
  if (thread.blocked) throw errors.personUnavailable();
  if (comment) return;
  if (thread.ownerAppId !== undefined && thread.ownerAppId !== caller.grant.app.appId) {
    throw errors.otherAppControls();
  }
  const { standardLeftMs, humanAgentLeftMs } = windowOf(thread, sim.time.windowNow());
  const open = standardLeftMs > 0 || (tag === "HUMAN_AGENT" && humanAgentLeftMs > 0);
  if (!open) throw errors.outsideWindow();
}

interface Commit extends Target {
  readonly caller: PageCaller;
  readonly request: SendRequest;
  readonly attachment: Attachment | undefined;
}

async function commit(sim: Sim, input: Commit): Promise<GraphReply> {
  const { thread, request, comment } = input;
  const message = storedMessage({
    mid: newMid(),
    from: "page",
    at: sim.time.stamp(),
    text: request.text,
    attachments: input.attachment ? [input.attachment] : [],
    quickReplies: request.quickReplies,
    replyTo: request.replyTo,
    appId: input.caller.grant.app.appId,
  });
  thread.messages.push(message);
  thread.typingUntil = 0;
  if (comment) markReplied(comment, message.mid);
  sim.changed();
  return answer(sim, thread, { message, metadata: request.metadata });
}

/** The order of the answer and of what follows from the message is what receivers get wrong. */
async function answer(
  sim: Sim,
  thread: Thread,
  sent: { message: StoredMessage; metadata: string | undefined },
): Promise<GraphReply> {
  const end = sim.gauge.begin();
  const json: JsonObject = { recipient_id: thread.psid, message_id: sent.message.mid };
  const follow = async (echoed: boolean) => {
    try {
      if (!echoed) await emitEcho(sim, thread, sent);
      await deliverToCustomer(sim, thread, sent.message);
    } finally {
      end();
    }
  };
  if (sim.faults.strike("echo.beforeResponse")) {
    await emitEcho(sim, thread, sent);
    return { json, after: () => void follow(true) };
  }
  // A client that gives up must still hear the echo: it does not wait for the answer.
  const delay = sim.faults.strike("send.delay");
  if (delay !== undefined) {
    void follow(false);
    return { json, delayMs: Number(delay) };
  }
  if (sim.faults.strike("send.closeAfterSend"))
    return { json, closeInstead: true, after: () => void follow(false) };
  if (sim.faults.strike("send.errorAfterSend")) {
    const error = errors.serverError();
    return { json: error.toJson(), status: error.status, after: () => void follow(false) };
  }
  return { json, after: () => void follow(false) };
}

function senderAction(sim: Sim, call: GraphCall, { page }: PageCaller): GraphReply {
  const { values } = call;
  if (values["message"] !== undefined) throw invalid("sender_action must be sent alone");
  const { thread } = targetOf(sim, page, recipientOf(values));
  if (thread.blocked) throw errors.personUnavailable();
  const { standardLeftMs, humanAgentLeftMs } = windowOf(thread, sim.time.windowNow());
  if (standardLeftMs === 0 && humanAgentLeftMs === 0) throw errors.outsideWindow();
  act(sim, thread, { action: asText(values["sender_action"]) ?? "", payload: asObject(values["payload"]) });
  sim.changed();
  return { json: { recipient_id: thread.psid } };
}

function act(sim: Sim, thread: Thread, { action, payload }: { action: string; payload: JsonObject }): void {
  switch (action) {
    case "typing_on":
      thread.typingUntil = sim.clock.now() + TYPING_MS;
      return;
    case "typing_off":
      thread.typingUntil = 0;
      return;
    case "mark_seen":
      thread.seenByPageTo = thread.messages.findLast(({ from }) => from === "customer")?.at ?? 0;
      return;
    case "react":
    case "unreact": {
      const message = thread.messages.find(({ mid }) => mid === asText(payload["message_id"]));
      if (!message) throw invalid("param payload[message_id] is unknown");
      if (action === "unreact") delete message.reactions.page;
      else message.reactions.page = asText(payload["reaction"]) ?? "like";
      return;
    }
    default:
      throw new GraphError({ message: "(#100) param sender_action has an unknown value", code: 100 });
  }
}
