import { z } from "zod";
import type { OutgoingPart, SendOutcome } from "../channel.ts";
import { VendorId } from "../kit/values.ts";
import type { Api, ApiAnswer, ApiRequest } from "./api.ts";
import { capabilities } from "./capabilities.ts";
import { sendOutcome } from "./errors.ts";
import { gifSize } from "./gif.ts";
import { isVisitor, recipientOf } from "./visitor.ts";

const Sent = z.object({ message_id: VendorId });

/**
 * Sends one part as a consultation message: `POST /v3.0/oa/message/cs`, a file uploaded before it. Nothing of ours comes
 * back in the echo. Source: Zalo for Developers, "Consultation message".
 */
export async function sendPart(api: Api, part: OutgoingPart, signal: AbortSignal): Promise<SendOutcome> {
  const mistake = mistakeIn(part);
  if (mistake) return mistake;
  const made = await messageOf(api, part, signal);
  if (made.kind !== "made") return made;
  const answer = await api(requestOf(part.to, made.message), signal);
  if (answer.kind !== "ok") return sendOutcome(answer);
  const sent = Sent.safeParse(answer.data);
  if (!sent.success) return { kind: "unknown", detail: "answered without a message id" };
  return { kind: "sent", externalId: sent.data.message_id };
}

const requestOf = (to: string, message: object): ApiRequest => ({
  method: "POST",
  path: isVisitor(to) ? "/v2.0/oa/message" : "/v3.0/oa/message/cs",
  body: { recipient: recipientOf(to), message },
});

const refuse = (code: "invalid" | "attachment_refused", detail: string): SendOutcome => ({
  kind: "failed",
  code,
  detail,
});

const KIND: Readonly<Record<string, "image" | "file">> = { image: "image", file: "file" };

/** What the vendor is known to refuse is not sent: an upload counts, and a refusal tells the agent less. */
function mistakeIn({ content }: OutgoingPart): SendOutcome | null {
  if (content.kind === "text") {
    const length = content.text.normalize("NFC").length;
    const most = capabilities.text.maxLength;
    const fits = content.text.trim() !== "" && length <= most;
    return fits ? null : refuse("invalid", `text must have 1 to ${most} characters`);
  }
  const kind = KIND[content.kind];
  if (!kind) return refuse("attachment_refused", `${content.kind} cannot be sent`);
  const { attachments } = capabilities;
  const endings = attachments.endings?.[kind] ?? [];
  const ending = content.name.split(".").at(-1)?.toLowerCase() ?? "";
  if (!endings.includes(ending))
    return refuse("attachment_refused", `only ${endings.join(", ")} can be sent`);
  const size = content.bytes.byteLength;
  const most = attachments[kind === "image" ? "imageMaxBytes" : "maxBytes"];
  return size > 0 && size <= most ? null : refuse("attachment_refused", `file must have 1 to ${most} bytes`);
}

interface Made {
  readonly kind: "made";
  readonly message: Readonly<Record<string, unknown>>;
}

/** The message as the vendor takes it; a file is uploaded first, which sends nothing and may be repeated. */
async function messageOf(
  api: Api,
  { content, replyToExternalId }: OutgoingPart,
  signal: AbortSignal,
): Promise<Made | SendOutcome> {
  const quote = replyToExternalId !== null && { quote_message_id: replyToExternalId };
  const made = (message: object): Made => ({ kind: "made", message: { ...message, ...quote } });
  if (content.kind === "text") return made({ text: content.text.normalize("NFC") });
  const gif = content.kind === "image" ? gifSize(content.bytes) : null;
  const door = gif ? "gif" : content.kind;
  const uploaded = uploadedIn(await api(uploadOf(door, content), signal));
  if (typeof uploaded !== "string") return uploaded;
  if (door === "file") return made({ attachment: { type: "file", payload: { token: uploaded } } });
  const elements = [{ media_type: door, attachment_id: uploaded, ...gif }];
  return made({ attachment: { type: "template", payload: { template_type: "media", elements } } });
}

type FileContent = Exclude<OutgoingPart["content"], { kind: "text" }>;

function uploadOf(door: string, content: FileContent): ApiRequest {
  const body = new FormData();
  body.append("file", new Blob([new Uint8Array(content.bytes)], { type: content.mime }), content.name);
  return { method: "POST", path: `/v2.0/oa/upload/${door}`, body };
}

const Uploaded = z.union([
  z.object({ attachment_id: VendorId }).transform((d) => d.attachment_id),
  z.object({ token: VendorId }).transform((d) => d.token),
]);

/** An upload that may or may not have worked is simply made again. */
function uploadedIn(answer: ApiAnswer): string | SendOutcome {
  if (answer.kind === "ok") {
    const id = Uploaded.safeParse(answer.data);
    return id.success ? id.data : again("the upload was answered without an id");
  }
  const outcome = sendOutcome(answer);
  return outcome.kind === "unknown" ? again(outcome.detail) : outcome;
}

const again = (detail: string): SendOutcome => ({
  kind: "retry",
  code: "temporary",
  detail,
  scope: "message",
  afterMs: null,
  attempts: 4,
});
