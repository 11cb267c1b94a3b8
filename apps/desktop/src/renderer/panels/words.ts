import type { AttachmentKind, ErrorCode, SendFailure } from "@tongdai/shared";
import { AppError } from "@tongdai/shared";
import type { T } from "../i18n/index.ts";
import { neutralise } from "../ui/safe-text.ts";

/** A refusal in a sentence for people. */
export function errorText(code: ErrorCode, t: T): string {
  switch (code) {
    case "bad_credentials":
    case "expired":
    case "illegal_transition":
    case "unsupported_media":
    case "channel_refused":
    case "contract_mismatch":
      return t(`desk.error.${code}`);
    case "unavailable":
      return t("desk.error.offline");
    case "invalid_input":
    case "unauthenticated":
    case "forbidden":
    case "not_found":
    case "conflict":
    case "taken":
    case "rate_limited":
    case "too_large":
    case "empty_file":
    case "window_closed":
    case "channel_paused":
    case "timeout":
    case "internal":
      return t(`errors.code.${code}`);
  }
}

export const causeText = (cause: unknown, t: T): string =>
  errorText(cause instanceof AppError ? cause.code : "internal", t);

export const failureText = (code: SendFailure, t: T): string => t(`desk.failure.${code}`);

const reasons = [
  "longest_idle",
  "preferred_agent",
  "no_member_available",
  "all_at_capacity",
  "all_declined",
  "preferred_agent_absent",
  "customer_wrote",
  "claimed",
  "started_by_agent",
  "declined",
  "missed",
  "agent_lost",
  "agent_signed_off",
  "transferred",
  "wrap_up_over",
  "unresolved",
  "closed",
  "out_of_hours",
  "nobody_there",
  "withdrawn",
] as const;

/** The router's and the interaction's reasons; a code that this client does not know yet is "another reason". */
export function reasonText(code: string, t: T): string {
  const known = reasons.find((reason) => reason === code);
  return t(`desk.reason.${known ?? "other"}`);
}

/** What a rule wrote into a ticket: its reason as a sentence, anything else as it is. */
export function ruleText(text: string, t: T): string {
  const known = reasons.find((reason) => reason === text);
  if (!known) return text;
  const words = t(`desk.reason.${known}`);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

const channelEvents = [
  "referral",
  "optin",
  "account_linking",
  "response_feedback",
  "order",
  "lead",
  "pass_thread_control",
  "take_thread_control",
  "request_thread_control",
] as const;

/** What happened on the channel and is no message; a name that this client does not know yet is "another event". */
export function channelEventText(name: string, t: T): string {
  const known = channelEvents.find((event) => event === name);
  return t(`desk.event.${known ?? "other"}`);
}

interface Preview {
  readonly text: string;
  readonly attachment: AttachmentKind | null;
}

/** A message in one line: its words, else what it brought. */
export const previewText = ({ text, attachment }: Preview, t: T): string =>
  neutralise(text) || (attachment ? t(`desk.attachment.${attachment}`) : "");
