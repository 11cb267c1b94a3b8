import { z } from "zod";
import type { SendOutcome } from "../channel.ts";
import { Doubtful } from "./smtp.ts";

const Failure = z.object({
  message: z.string().default(""),
  code: z.string().optional(),
  command: z.string().optional(),
  responseCode: z.number().optional(),
  response: z.string().optional(),
});

/** Tried again for some two days, in the steps of the outbox: senders do so, and greylisting counts on it. Source: RFC 5321, 4.5.4.1. */
const TRIES = 600;
const HOUR_MS = 3_600_000;

/** What a failed sending means. Source: RFC 5321, 4.2; RFC 3463; Google's and Microsoft's lists of SMTP errors. */
export function outcomeOf(error: unknown): SendOutcome {
  if (error instanceof Doubtful) return { kind: "unknown", detail: error.message };
  const { message, code, command, responseCode, response } = Failure.parse(error);
  const detail = (response ?? message).slice(0, 500);
  const status = /\b([245]\.\d{1,3}\.\d{1,3})\b/.exec(response ?? "")?.[1] ?? "";
  if (code === "EAUTH" && (responseCode === undefined || responseCode >= 500))
    return { kind: "paused", state: "login_needed", code: "login_needed", detail };
  if (responseCode === 530) return { kind: "paused", state: "login_needed", code: "login_needed", detail };
  // Said by the library before anything left: the same address would be refused at each try.
  if (code === "EENVELOPE" && command === "API") return { kind: "failed", code: "recipient_unknown", detail };
  if (responseCode === undefined)
    return { kind: "retry", scope: "message", code: "temporary", detail, afterMs: null, attempts: TRIES };
  if (
    /^(?:5\.7\.70[58]|5\.1\.8|5\.7\.750)$/.test(status) ||
    /account (?:is )?(?:disabled|suspended)/i.test(detail)
  )
    return { kind: "paused", state: "restricted", code: "page_restricted", detail };
  if (status === "5.4.5" || /sending (?:limit|quota) exceeded/i.test(detail)) return later(detail, HOUR_MS);
  if (responseCode === 421 || /^4\.7\.|^4\.3\.2/.test(status)) return later(detail, null);
  if (responseCode < 500)
    return { kind: "retry", scope: "message", code: "temporary", detail, afterMs: null, attempts: TRIES };
  return { kind: "failed", code: failureOf({ status, responseCode, command: command ?? "" }), detail };
}

const later = (detail: string, afterMs: number | null): SendOutcome => ({
  kind: "retry",
  scope: "account",
  code: "throttled",
  detail,
  afterMs,
  attempts: TRIES,
});

function failureOf(o: { status: string; responseCode: number; command: string }) {
  // 552 alone is either: the letter's size is the likelier, and with 5.2.2 the mailbox is full.
  if (o.status === "5.3.4" || (o.responseCode === 552 && !o.status.startsWith("5.2.")))
    return "attachment_refused";
  if (o.status.startsWith("5.1.") || (o.command === "RCPT TO" && o.status === "")) return "recipient_unknown";
  if (o.status.startsWith("5.2.")) return "recipient_unavailable";
  return o.status.startsWith("5.7.") ? "policy" : "invalid";
}
