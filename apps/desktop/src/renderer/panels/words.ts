import {
  AppError,
  type AttachmentKind,
  type ErrorCode,
  type FormAnswer,
  type Reason,
  type SendFailure,
} from "@tongdai/shared";
import type { T } from "../i18n/index.ts";
import type { State } from "../state/model.ts";
import { neutralise } from "../ui/safe-text.ts";
import { stateText } from "./state-words.ts";

/** A refusal in a sentence for people. */
export function errorText(code: ErrorCode, t: T): string {
  switch (code) {
    case "bad_credentials":
    case "password_change_required":
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
    case "disposition_required":
    case "extensions_used":
    case "rate_limited":
    case "too_large":
    case "empty_file":
    case "window_closed":
    case "opted_out":
    case "call_refused":
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
  "least_loaded",
  "round_robin",
  "most_skilled",
  "last_agent",
  "customer_owner",
  "agents_pick",
  "not_in_queue",
  "queue_empty",
  "no_rule",
  "customer_wrote",
  "answer_failed",
  "claimed",
  "started_by_agent",
  "agent_lost",
  "agent_signed_off",
  "transferred",
  "taken_over",
  "no_phone",
  "customer_called",
  "missed_call",
  "call_lost",
  "prioritised",
  "put_back",
  "park_over",
  "woken",
  "agent_back",
  "agent_not_there",
  "wrap_up_over",
  "unresolved",
  "closed",
  "out_of_hours",
  "nobody_there",
  "waited_too_long",
  "call_back",
  "withdrawn",
] as const;

export type Names = Pick<State["people"], "users" | "queues" | "skills" | "stateRules">;

/** The router's and the interaction's reasons; a code that this client does not know yet is "another reason". */
export function reasonText(reason: Reason, { users, queues, skills, stateRules }: Names, t: T): string {
  const { code, agents: count = 0, of = "" } = reason;
  switch (code) {
    case "declined":
    case "missed":
      return reason.agents === undefined ? t(`desk.reason.${code}`) : t("desk.reason.declinedBy", { count });
    case "at_capacity":
      return t("desk.reason.at_capacity", { count });
    case "not_available":
      return t("desk.reason.not_available", { count, state: lowerFirst(stateText(of, stateRules, t)) });
    case "lacks_skill":
      return t("desk.reason.lacks_skill", { count, skill: skills[of]?.name ?? t("common.unknown") });
    case "kept_for":
      return t("desk.reason.kept_for", { name: users[of]?.name ?? t("common.unknown") });
  }
  const known = reasons.find((other) => other === code);
  const words = t(`desk.reason.${known ?? "other"}`);
  const helped = reason.helps && queues[reason.helps]?.name;
  return helped ? t("desk.reason.helps", { reason: words, queue: helped }) : words;
}

const lowerFirst = (words: string): string => words.charAt(0).toLowerCase() + words.slice(1);

/** What a rule wrote into a ticket: its reason as a sentence, anything else as it is. */
export function ruleText(text: string, t: T): string {
  const known = reasons.find((reason) => reason === text);
  if (!known) return text;
  const words = t(`desk.reason.${known}`);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** What an agent did to a conversation and is neither a message nor a note. */
const ourEvents = ["begun", "continued_on", "continued_from", "private_reply"] as const;

export const isOurEvent = (name: string): boolean => ourEvents.some((event) => event === name);

const channelEvents = [
  ...ourEvents,
  "referral",
  "optin",
  "account_linking",
  "response_feedback",
  "order",
  "lead",
  "pass_thread_control",
  "take_thread_control",
  "request_thread_control",
  "opted_out",
  "opted_in",
  "followed",
  "unfollowed",
  "chat_opened",
  "contact_shared",
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

/** What was answered at wrap-up, in one line. */
export const answersText = (answers: readonly FormAnswer[], t: T): string =>
  answers.map(({ label, value }) => t("wrapUp.answer", { label, value: answerText(value, t) })).join(" · ");

function answerText(value: FormAnswer["value"], t: T): string {
  if (typeof value === "boolean") return t(value ? "wrapUp.yes" : "wrapUp.no");
  return neutralise(String(value));
}

/** What stands where a message was taken away. A comment may be deleted by its author, by us or by the vendor: nobody tells. */
export const goneText = ({ isPublic, isTheirs }: { isPublic: boolean; isTheirs: boolean }) =>
  isPublic ? "comments.gone" : isTheirs ? "conversation.deletedByCustomer" : "conversation.deletedByUs";
