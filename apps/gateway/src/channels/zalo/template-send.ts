import { z } from "zod";
import type { OutgoingTemplate, SendOutcome } from "../channel.ts";
import { VendorId } from "../kit/values.ts";
import type { Api, ApiRequest } from "./api.ts";
import { templateOutcome } from "./template-errors.ts";
import { isVisitor } from "./visitor.ts";

/** By telephone the answer says `msg_id`, by user id `message_id`. */
const Sent = z.union([
  z.object({ msg_id: VendorId }).transform((d) => d.msg_id),
  z.object({ message_id: VendorId }).transform((d) => d.message_id),
]);

/**
 * Sends a template: by telephone number `POST /message/template`, whose receipt repeats our id as `tracking_id`; by user id
 * `POST /v3.0/oa/message/template`. Neither knows an idempotency key. Source: Zalo for Developers, "ZBS Template Message".
 */
export async function sendTemplate(
  api: Api,
  template: OutgoingTemplate,
  signal: AbortSignal,
): Promise<SendOutcome> {
  if (template.by === "id" && isVisitor(template.to))
    return {
      kind: "failed",
      code: "recipient_unavailable",
      detail: "somebody without a log-in takes no templates",
    };
  const answer = await api(requestOf(template), signal);
  if (answer.kind !== "ok") return templateOutcome(answer);
  const sent = Sent.safeParse(answer.data);
  if (!sent.success) return { kind: "unknown", detail: "answered without a message id" };
  return { kind: "sent", externalId: sent.data };
}

function requestOf({ by, to, templateId, values, messageId }: OutgoingTemplate): ApiRequest {
  const content = { template_id: templateId, template_data: values };
  if (by === "id")
    return { method: "POST", path: "/v3.0/oa/message/template", body: { user_id: to, ...content } };
  // 84…, without a plus; a tracking id may have 48 signs, and ours has 36.
  const body = { phone: to.replace(/^\+/, ""), ...content, tracking_id: messageId };
  return { method: "POST", door: "business", path: "/message/template", body };
}
