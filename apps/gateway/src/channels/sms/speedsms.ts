import { AppError, cleanText, type SendFailure } from "@tongdai/shared";
import { z } from "zod";
import type { AccountCheck, SendOutcome } from "../channel.ts";
import { keyOf, millis, Text, Unreadable, VendorId } from "../kit/values.ts";
import type { SpeedSmsConfig } from "./config.ts";
import { again, ask, detailOf, holdAccount, unanswered } from "./http.ts";
import { addressOf, digitsOf } from "./number.ts";
import type { ProviderKind } from "./provider.ts";
import { inConstantTime } from "./same.ts";

const Answer = z.looseObject({
  status: z.string(),
  code: z.coerce.string().catch(""),
  message: z.string().catch(""),
  data: z.looseObject({ tranId: VendorId.optional() }).nullish().catch(null),
});

const FAILURES: Readonly<Record<string, SendFailure>> = {
  "009": "permission",
  "101": "invalid",
  "105": "recipient_unknown",
  "110": "invalid",
  "113": "invalid",
};

const PAUSES: Readonly<Record<string, "login_needed" | "restricted">> = {
  "007": "restricted",
  "008": "restricted",
  "300": "restricted",
};

/** SpeedSMS.vn. Source: speedsms.vn, "SMS API". What its webhook sends is documented nowhere that we could read: see `decode`. */
export const speedsms: ProviderKind<SpeedSmsConfig> = {
  open(config, { fetch: send }) {
    const headers = {
      Authorization: `Basic ${Buffer.from(`${config.accessToken}:x`).toString("base64")}`,
      "Content-Type": "application/json",
    };
    const url = (path: string): string => `${config.apiUrl}/index.php/${path}`;
    const clean = (s: string): string => cleanText(s.replaceAll(config.accessToken, "***")).slice(0, 300);
    return {
      sender: config.sender,
      webhookKey: config.webhookSecret,
      keyField: "webhookSecret",
      verify: ({ url: called }) =>
        inConstantTime(called.pathname.split("/").at(-1) ?? "", config.webhookSecret),
      async send(message, signal): Promise<SendOutcome> {
        const body = JSON.stringify({
          to: [digitsOf(message.to)],
          content: message.text,
          sms_type: Number(config.smsType),
          sender: config.sender,
        });
        const answer = await ask(send, { url: url("sms/send"), headers, body }, signal);
        if (answer.kind !== "answer") return unanswered(answer, false);
        const told = Answer.safeParse(answer.body).data;
        if (answer.status === 429)
          return holdAccount("throttled", "SpeedSMS: too fast", resetMs(answer.headers));
        if (answer.status === 401) return loggedOut("SpeedSMS refuses the access token");
        if (!told) return { kind: "unknown", detail: `HTTP ${answer.status} without a result` };
        const detail = clean(`${told.message || "SpeedSMS"} (${told.code})`);
        if (told.status === "success") {
          const id = told.data?.tranId;
          return id === undefined
            ? { kind: "unknown", detail: "answered without an id" }
            : { kind: "sent", externalId: id };
        }
        const state = PAUSES[told.code];
        if (state) return { kind: "paused", state, code: "page_restricted", detail };
        const failure = FAILURES[told.code];
        return failure ? { kind: "failed", code: failure, detail } : again(detail);
      },
      async check(signal): Promise<AccountCheck> {
        const answer = await ask(send, { url: url("user/info"), method: "GET", headers }, signal);
        if (answer.kind !== "answer") throw new AppError("unavailable", detailOf(answer));
        if (answer.status === 401)
          return { state: "login_needed", name: config.sender, detail: "access token refused" };
        const told = Info.safeParse(answer.body).data;
        if (!told) throw new AppError("unavailable", "SpeedSMS' answer has an unknown shape");
        const { balance, currency } = told.data;
        return {
          state: "ok",
          name: config.sender,
          detail: null,
          ...(balance !== undefined && { facts: [{ kind: "balance", amount: balance, currency }] }),
        };
      },
    };
  },
  decode({ method, raw }) {
    if (method !== "POST") return null;
    const fields = Hook.safeParse(parse(raw));
    return fields.success ? fields.data : null;
  },
  parse(told, [account = ""]) {
    const hook = Hook.parse(told);
    const from = addressOf(hook.phone);
    const base = { accountExternalId: account, at: millis(hook["timestamp"] ?? hook["time"]) };
    const id = hook.tranId ?? null;
    if (hook.type === "sms" || (hook.content !== undefined && hook.status === undefined)) {
      const text = hook.content ?? "";
      const externalId = id ?? keyOf("in", from, base.at, text);
      const none = { attachments: [], replyToExternalId: null, extra: {}, live: true };
      return {
        ...base,
        key: keyOf("speedsms", externalId),
        event: { kind: "message", from, externalId, text, ...none },
      };
    }
    if (id === null) throw new Unreadable("no id");
    const key = keyOf("speedsms", id, hook.status ?? "");
    const to = { from, externalIds: [id] };
    if (hook.status === 0) return { ...base, key, event: { kind: "delivered", ...to, watermark: null } };
    const detail = `status ${hook.status ?? "unknown"}`;
    return { ...base, key, event: { kind: "undelivered", ...to, code: "recipient_unavailable", detail } };
  },
};

const loggedOut = (detail: string): SendOutcome => ({
  kind: "paused",
  state: "login_needed",
  code: "login_needed",
  detail,
});

const Info = z.object({
  data: z.looseObject({ balance: z.coerce.number().optional(), currency: z.string().catch("VND") }),
});

/** Names as seen in clients of others, each of them optional: not verified against the provider. */
const Hook = z.looseObject({
  type: z.string().optional(),
  tranId: VendorId.optional(),
  phone: z.coerce.string().min(1),
  content: Text.optional(),
  status: z.coerce.number().int().optional(),
});

function parse(raw: Buffer): unknown {
  try {
    return JSON.parse(raw.toString("utf8"));
  } catch {
    return undefined;
  }
}

/** The header's unit is not told: what is far in the future is a moment, else seconds. */
function resetMs(headers: Headers): number | null {
  const seconds = Number(headers.get("x-rate-limit-reset") ?? "");
  return Number.isFinite(seconds) && seconds > 0 && seconds <= 3_600 ? seconds * 1_000 : null;
}
