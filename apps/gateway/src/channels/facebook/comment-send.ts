import { z } from "zod";
import type { OutgoingPart, SendOutcome } from "../channel.ts";
import { VendorId } from "../kit/values.ts";
import { capabilities } from "./comment-capabilities.ts";
import { sendOutcome } from "./errors.ts";
import type { Graph } from "./graph.ts";
import { slowDownMs } from "./usage.ts";

const Sent = z.object({ id: VendorId });

/**
 * Writes beneath a comment, before everybody: `POST /{comment}/comments`. Nothing of ours travels along, so an answer that
 * gets lost is proven by the webhook with the same words. Source: Meta, "Object comments".
 */
export async function sendComment(
  graph: Graph,
  { content, comment }: { content: OutgoingPart["content"]; comment: string },
  signal: AbortSignal,
): Promise<SendOutcome> {
  const most = capabilities.text.maxLength;
  if (content.kind !== "text")
    return { kind: "failed", code: "attachment_refused", detail: "a comment takes text only" };
  if (content.text.trim() === "" || content.text.length > most)
    return { kind: "failed", code: "invalid", detail: `text must have 1 to ${most} characters` };
  const path = `${encodeURIComponent(comment)}/comments`;
  const answer = await graph({ method: "POST", path, body: { message: content.text } }, signal);
  if (answer.kind !== "ok") {
    const outcome = sendOutcome(answer);
    // Meta's servers may fail after they wrote it, and a queued message is not found by its words.
    const isDoubtful = answer.kind === "refused" && outcome.kind === "retry" && outcome.code === "temporary";
    return isDoubtful ? { kind: "unknown", detail: outcome.detail } : outcome;
  }
  const sent = Sent.safeParse(answer.body);
  if (!sent.success) return { kind: "unknown", detail: "answered without a comment id" };
  const wait = slowDownMs(answer.usage);
  return { kind: "sent", externalId: sent.data.id, ...(wait !== undefined && { slowDownMs: wait }) };
}
