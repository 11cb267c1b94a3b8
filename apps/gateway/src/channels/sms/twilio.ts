import { AppError, cleanText, type SendFailure } from "@tongdai/shared";
import { z } from "zod";
import type { AccountCheck, InboundAttachment, ParsedItem, SendOutcome } from "../channel.ts";
import { keyOf, Text, VendorId, webUrl } from "../kit/values.ts";
import type { TwilioConfig } from "./config.ts";
import { ask, detailOf, holdAccount, unanswered } from "./http.ts";
import { addressOf } from "./number.ts";
import type { ProviderKind } from "./provider.ts";
import { verifyTwilio } from "./twilio-signature.ts";

const Created = z.looseObject({ sid: VendorId });
const Refused = z.looseObject({ code: z.coerce.number().int().catch(0), message: z.string().catch("") });

/** Source: Twilio, "Error and warning dictionary". */
const FAILURES: Readonly<Record<number, SendFailure>> = {
  21211: "recipient_unknown",
  21408: "permission",
  21606: "permission",
  21610: "opted_out",
  21612: "recipient_unavailable",
  21614: "recipient_unavailable",
  21617: "invalid",
  30003: "recipient_unavailable",
  30004: "recipient_unavailable",
  30005: "recipient_unknown",
  30006: "recipient_unavailable",
  30007: "policy",
  30034: "permission",
};

/** Twilio Programmable Messaging. Source: Twilio, "Messages resource", "Webhooks", "Security". */
export const twilio: ProviderKind<TwilioConfig> = {
  open(config, { fetch: send, publicUrl }) {
    const tokens = [config.authToken, ...(config.secondAuthToken ? [config.secondAuthToken] : [])];
    const authorization = `Basic ${Buffer.from(`${config.accountSid}:${config.authToken}`).toString("base64")}`;
    const account = `${config.apiUrl}/2010-04-01/Accounts/${config.accountSid}`;
    const clean = (s: string): string =>
      cleanText(tokens.reduce((t, k) => t.replaceAll(k, "***"), s)).slice(0, 300);
    return {
      sender: config.sender,
      webhookKey: config.accountSid,
      verify: (request) => verifyTwilio(tokens, request),
      async send(message, signal): Promise<SendOutcome> {
        const callback = publicUrl && `${publicUrl}/webhooks/sms/${config.accountSid}`;
        const form = new URLSearchParams({
          From: config.sender,
          To: message.to,
          Body: message.text,
          ...(callback && { StatusCallback: callback }),
        });
        const headers = { Authorization: authorization, "Content-Type": "application/x-www-form-urlencoded" };
        const answer = await ask(
          send,
          { url: `${account}/Messages.json`, headers, body: form.toString() },
          signal,
        );
        if (answer.kind !== "answer") return unanswered(answer, false);
        const created = Created.safeParse(answer.body);
        if (answer.status < 300)
          return created.success
            ? { kind: "sent", externalId: created.data.sid }
            : { kind: "unknown", detail: "answered without an id" };
        const told = Refused.parse(answer.body);
        const detail = clean(`${told.message || "Twilio"} (${told.code || answer.status})`);
        if (answer.status === 429) return holdAccount("throttled", detail);
        if (answer.status === 401)
          return { kind: "paused", state: "login_needed", code: "login_needed", detail };
        if (answer.status >= 500) return { kind: "unknown", detail };
        return { kind: "failed", code: FAILURES[told.code] ?? "invalid", detail };
      },
      async check(signal): Promise<AccountCheck> {
        const headers = { Authorization: authorization };
        const answer = await ask(send, { url: `${account}.json`, method: "GET", headers }, signal);
        if (answer.kind !== "answer") throw new AppError("unavailable", detailOf(answer));
        if (answer.status === 401)
          return { state: "login_needed", name: config.sender, detail: "the token is refused" };
        const told = AccountInfo.safeParse(answer.body).data;
        if (!told) throw new AppError("unavailable", `Twilio answered HTTP ${answer.status}`);
        const state = told.status === "active" ? "ok" : "restricted";
        return {
          state,
          name: told.friendly_name ?? config.sender,
          detail: state === "ok" ? null : told.status,
        };
      },
    };
  },
  decode({ method, raw, headers, url }) {
    if (method === "POST" && headers["x-twilio-signature"] === undefined) return null;
    const isJson = url.searchParams.has("bodySHA256");
    if (isJson) return null;
    const fields = Object.fromEntries(new URLSearchParams(raw.toString("utf8")));
    return fields["MessageSid"] === undefined ? null : fields;
  },
  parse(fields) {
    const status = Status.safeParse(fields);
    return status.success && status.data.MessageStatus !== "received"
      ? readStatus(status.data)
      : readMessage(Incoming.parse(fields));
  },
};

const AccountInfo = z.looseObject({ status: z.string(), friendly_name: Text.nullish() });

const Incoming = z.looseObject({
  MessageSid: VendorId,
  From: z.string().min(1),
  To: z.string().min(1),
  Body: Text.catch(""),
  NumMedia: z.coerce.number().int().min(0).max(20).catch(0),
  /** STOP, START or HELP, by Twilio's own list, which it obeys itself. */
  OptOutType: z.string().catch(""),
});

const optOutOf = (type: string): { optOut?: "stop" | "start" } => {
  if (type === "STOP") return { optOut: "stop" };
  return type === "START" ? { optOut: "start" } : {};
};

function readMessage(told: z.infer<typeof Incoming>): ParsedItem {
  const attachments = Array.from({ length: told.NumMedia }, (_, i) => mediaOf(told, i));
  return {
    accountExternalId: told.To,
    key: keyOf("twilio", told.MessageSid),
    at: null,
    event: {
      kind: "message",
      from: addressOf(told.From),
      externalId: told.MessageSid,
      text: told.Body,
      attachments,
      replyToExternalId: null,
      extra: {},
      live: true,
      ...optOutOf(told.OptOutType),
    },
  };
}

const KINDS = ["image", "video", "audio"] as const;

function mediaOf(told: z.infer<typeof Incoming>, i: number): InboundAttachment {
  const type = Text.catch("").parse(told[`MediaContentType${i}`]);
  const kind = KINDS.find((k) => type.startsWith(`${k}/`)) ?? "file";
  return { kind, name: type || "file", fetchUrl: webUrl(told[`MediaUrl${i}`]), title: null, url: null };
}

const Status = z.looseObject({
  MessageSid: VendorId,
  MessageStatus: z.string(),
  To: z.string().min(1),
  From: z.string().min(1),
  ErrorCode: z.coerce.number().int().optional().catch(undefined),
});

/** Callbacks come in any order, and one without a reason may follow the one that told it. */
function readStatus(told: z.infer<typeof Status>): ParsedItem {
  const { MessageSid, MessageStatus: state, ErrorCode: code } = told;
  const base = {
    accountExternalId: told.From,
    key: keyOf("twilio", MessageSid, state, code ?? ""),
    at: null,
  };
  const to = { from: addressOf(told.To), externalIds: [MessageSid] };
  switch (state) {
    case "delivered":
    case "read":
      return { ...base, event: { kind: state, ...to, watermark: null } };
    case "undelivered":
    case "failed":
    case "canceled": {
      const failure = FAILURES[code ?? 0] ?? "recipient_unavailable";
      return {
        ...base,
        event: { kind: "undelivered", ...to, code: failure, detail: `Twilio ${code ?? state}` },
      };
    }
    default:
      return { ...base, event: { kind: "unsupported", why: cleanText(`status: ${state.slice(0, 40)}`) } };
  }
}
