import type { Clock } from "@tongdai/shared";
import { z } from "zod";
import type { OutgoingPart, SendOutcome } from "../channel.ts";
import { VendorId } from "../kit/values.ts";
import { capabilities } from "./capabilities.ts";
import { sendOutcome } from "./errors.ts";
import type { Graph, GraphRequest } from "./graph.ts";
import { slowDownMs } from "./usage.ts";

const Sent = z.object({ message_id: VendorId, recipient_id: VendorId.nullish().catch(null) });

/**
 * Sends one part: `POST /{page}/messages`, attachments as multipart `filedata`. Our message id travels as `metadata` and
 * comes back in the echo, which is the only proof where the answer gets lost. Source: Meta, "Send messages".
 */
export async function sendPart(
  { graph, pageId, clock }: { readonly graph: Graph; readonly pageId: string; readonly clock: Clock },
  part: OutgoingPart,
  signal: AbortSignal,
): Promise<SendOutcome> {
  const mistake = mistakeIn(part);
  if (mistake) return mistake;
  const began = clock.elapsed();
  const answer = await graph({ method: "POST", path: `${pageId}/messages`, body: bodyOf(part) }, signal);
  if (answer.kind !== "ok") return sendOutcome(answer);
  const sent = Sent.safeParse(answer.body);
  if (!sent.success) return { kind: "unknown", detail: "answered without a message id" };
  const wait = slowDownMs(answer.usage);
  return {
    kind: "sent",
    externalId: sent.data.message_id,
    // Only from this answer does one know who in Messenger wrote a comment: their ids are not the same.
    ...(part.answers && sent.data.recipient_id && { recipient: sent.data.recipient_id }),
    ...(answer.at !== null && { notBefore: Math.floor(answer.at - (clock.elapsed() - began)) }),
    ...(wait !== undefined && { slowDownMs: wait }),
  };
}

/** What Meta is known to refuse is not sent: a refused part costs quota and tells the agent less. */
function mistakeIn({ content }: OutgoingPart): SendOutcome | null {
  if (content.kind === "text") {
    const fits = content.text.trim() !== "" && content.text.length <= capabilities.text.maxLength;
    const detail = `text must have 1 to ${capabilities.text.maxLength} characters`;
    return fits ? null : { kind: "failed", code: "invalid", detail };
  }
  const size = content.bytes.byteLength;
  const most = capabilities.attachments[content.kind === "image" ? "imageMaxBytes" : "maxBytes"];
  const fits = size > 0 && size <= most;
  return fits
    ? null
    : { kind: "failed", code: "attachment_refused", detail: `file must have 1 to ${most} bytes` };
}

/** Inside 24 hours an answer, between then and 7 days a person's words; no other tag is left since April 2026. */
const purpose = (human: boolean): Record<string, string> =>
  human ? { messaging_type: "MESSAGE_TAG", tag: "HUMAN_AGENT" } : { messaging_type: "RESPONSE" };

function bodyOf(part: OutgoingPart): NonNullable<GraphRequest["body"]> {
  const { content, messageId: metadata, replyToExternalId } = part;
  const common = {
    recipient: part.answers ? { comment_id: part.answers.comment } : { id: part.to },
    ...purpose(part.human),
    ...(replyToExternalId !== null && !part.answers && { reply_to: { mid: replyToExternalId } }),
  };
  if (content.kind === "text") return { ...common, message: { text: content.text, metadata } };
  const form = new FormData();
  const message = { attachment: { type: content.kind, payload: {} }, metadata };
  for (const [name, value] of Object.entries({ ...common, message })) {
    form.append(name, typeof value === "string" ? value : JSON.stringify(value));
  }
  form.append("filedata", new Blob([new Uint8Array(content.bytes)], { type: content.mime }), content.name);
  return form;
}
