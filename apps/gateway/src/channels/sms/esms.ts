import { AppError, alphabetOf, cleanText, type SendFailure } from "@tongdai/shared";
import { z } from "zod";
import type { AccountCheck, ParsedItem, SendOutcome } from "../channel.ts";
import { keyOf, VendorId } from "../kit/values.ts";
import type { EsmsConfig } from "./config.ts";
import { again, ask, detailOf, unanswered } from "./http.ts";
import { addressOf, digitsOf } from "./number.ts";
import type { OutgoingSms, ProviderKind } from "./provider.ts";
import { inConstantTime } from "./same.ts";

const Answer = z.object({
  CodeResult: z.coerce.string(),
  SMSID: z.coerce.string().nullish(),
  ErrorMessage: z.string().nullish(),
});

const ACCEPTED = "100";
/** The request id was used: what we asked for was taken before, and its answer lost. */
const REPEATED = "124";

const FAILURES: Readonly<Record<string, SendFailure>> = {
  "99": "recipient_unavailable",
  "104": "permission",
  "107": "invalid",
  "108": "recipient_unknown",
  "118": "invalid",
  "120": "invalid",
  "146": "policy",
  "177": "permission",
  "300": "invalid",
};

/** Keys, money or the address that we call from: only a person can settle it. */
const PAUSES: Readonly<Record<string, "login_needed" | "restricted">> = {
  "101": "login_needed",
  "102": "restricted",
  "103": "restricted",
  "140": "restricted",
};

/** eSMS.vn. Source: developers.esms.vn, "SendMultipleMessage_V4", error codes, callback. */
export const esms: ProviderKind<EsmsConfig> = {
  open(config, { fetch: send, publicUrl }) {
    const clean = (s: string): string =>
      cleanText(s.replaceAll(config.secretKey, "***").replaceAll(config.apiKey, "***")).slice(0, 300);
    const url = (method: string): string => `${config.apiUrl}/MainService.svc/json/${method}`;
    const headers = { "Content-Type": "application/json" };
    const keys = { ApiKey: config.apiKey, SecretKey: config.secretKey };
    return {
      sender: config.sender,
      webhookKey: config.webhookSecret,
      keyField: "webhookSecret",
      // Its callbacks carry no signature: who knows the address is believed.
      verify: ({ url: called }) =>
        inConstantTime(called.pathname.split("/").at(-1) ?? "", config.webhookSecret),
      async send(message, signal) {
        const body = JSON.stringify({
          ...keys,
          Phone: digitsOf(message.to),
          Content: message.text,
          Brandname: config.sender,
          SmsType: config.smsType,
          IsUnicode: alphabetOf(message.text) === "ucs2" ? "1" : "0",
          RequestId: message.id,
          ...(publicUrl !== null && { CallbackUrl: `${publicUrl}/webhooks/sms/${config.webhookSecret}` }),
        });
        const answer = await ask(
          send,
          { url: url("SendMultipleMessage_V4_post_json/"), headers, body },
          signal,
        );
        if (answer.kind !== "answer") return unanswered(answer, true);
        const told = Answer.safeParse(answer.body).data;
        if (!told) return again(`HTTP ${answer.status} without a result`);
        const { CodeResult: code, ErrorMessage: words } = told;
        return outcomeOf(code, message, clean(`${words || "eSMS"} (${code})`));
      },
      async check(signal): Promise<AccountCheck> {
        const answer = await ask(
          send,
          { url: url("GetBalance_json"), headers, body: JSON.stringify(keys) },
          signal,
        );
        if (answer.kind !== "answer") throw new AppError("unavailable", detailOf(answer));
        const told = Balance.safeParse(answer.body).data;
        if (!told) throw new AppError("unavailable", "eSMS' answer has an unknown shape");
        const state = PAUSES[told.CodeResponse];
        if (state) return { state, name: config.sender, detail: `eSMS ${told.CodeResponse}` };
        const amount = told.Balance;
        return {
          state: "ok",
          name: config.sender,
          detail: null,
          ...(amount !== undefined && { facts: [{ kind: "balance", amount, currency: "VND" }] }),
        };
      },
    };
  },
  decode({ method, url }) {
    const fields = Object.fromEntries(url.searchParams);
    return method === "GET" && fields["SMSID"] !== undefined ? fields : null;
  },
  parse: (fields, [account = ""]) => readReport(account, Report.parse(fields)),
};

const Balance = z.object({ CodeResponse: z.coerce.string(), Balance: z.coerce.number().optional() });

function outcomeOf(code: string, { id }: OutgoingSms, detail: string): SendOutcome {
  // Its reports name our own id, so that is the message's at the vendor too.
  if (code === ACCEPTED || code === REPEATED) return { kind: "sent", externalId: id };
  const state = PAUSES[code];
  if (state)
    return {
      kind: "paused",
      state,
      code: state === "login_needed" ? "login_needed" : "page_restricted",
      detail,
    };
  const failure = FAILURES[code];
  return failure ? { kind: "failed", code: failure, detail } : again(detail);
}

const Count = z.coerce.number().int().catch(0);
const Report = z.looseObject({
  SMSID: VendorId,
  RequestId: VendorId,
  phonenumber: z.string().min(1),
  SendStatus: z.coerce.number().int(),
  SendSuccess: Count,
  SendFailed: Count,
  error_info: z.string().catch(""),
});

const REJECTED = 4;
const FINISHED = 5;

/** "Finished" is no success: only the count of messages that arrived is. */
function readReport(accountExternalId: string, report: z.infer<typeof Report>): ParsedItem {
  const { RequestId, SendStatus, SendSuccess, SendFailed } = report;
  const base = {
    accountExternalId,
    key: keyOf("esms", report.SMSID, SendStatus, SendSuccess, SendFailed),
    at: null,
  };
  const to = { from: addressOf(report.phonenumber), externalIds: [RequestId] };
  if (SendStatus === FINISHED && SendSuccess >= 1)
    return { ...base, event: { kind: "delivered", ...to, watermark: null } };
  if (SendStatus === REJECTED || (SendStatus === FINISHED && SendFailed >= 1)) {
    const code = SendStatus === REJECTED ? "policy" : "recipient_unavailable";
    return {
      ...base,
      event: { kind: "undelivered", ...to, code, detail: cleanText(report.error_info).slice(0, 300) },
    };
  }
  return { ...base, event: { kind: "unsupported", why: `report: status ${SendStatus}` } };
}
