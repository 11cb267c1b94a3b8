import { AppError, type SendFailure } from "@tongdai/shared";
import type { SendOutcome } from "../channel.ts";
import type { Trouble } from "./api.ts";
import { refusal, sendOutcome } from "./errors.ts";

/**
 * Numbers of the template door, which mean other things at the other door. What concerns templates alone (their quota, their
 * balance) says nothing about the account: consultation goes on. Source: Zalo for Developers, "ZNS: error codes".
 */
const failures: Readonly<Record<number, SendFailure>> = {
  [-108]: "recipient_unknown",
  [-109]: "template_unavailable",
  [-112]: "invalid",
  [-114]: "recipient_unavailable",
  [-115]: "quota_used",
  [-117]: "template_unavailable",
  [-118]: "recipient_unknown",
  [-119]: "recipient_unavailable",
  [-120]: "permission",
  [-130]: "invalid",
  [-131]: "template_unavailable",
  [-132]: "invalid",
  [-133]: "quiet_hours",
  [-134]: "recipient_terms",
  [-135]: "permission",
  [-136]: "quota_used",
  [-137]: "quota_used",
  [-138]: "permission",
  [-139]: "opted_out",
  [-140]: "permission",
  [-141]: "opted_out",
  [-144]: "quota_used",
  [-145]: "permission",
  [-146]: "template_unavailable",
  [-147]: "quota_used",
};

/** "Invalid access token" of this door, as -216 is of the other. */
export const STALE_TOKEN = -124;

/** What a failed sending of a template means for the message. */
export function templateOutcome(trouble: Trouble): SendOutcome {
  const { detail } = trouble;
  if (trouble.kind !== "refused") return sendOutcome(trouble);
  if (trouble.code === STALE_TOKEN)
    return { kind: "paused", state: "login_needed", code: "login_needed", detail };
  const code = failures[trouble.code];
  if (code) return { kind: "failed", code, detail };
  const outcome = sendOutcome(trouble);
  // No window concerns a template, whatever the number says elsewhere.
  return outcome.kind === "failed" && outcome.code === "outside_window"
    ? { ...outcome, code: "recipient_unavailable" }
    : outcome;
}

/** The same for asking what templates there are. */
export function templateRefusal(trouble: Trouble): AppError {
  const outcome = templateOutcome(trouble);
  if (outcome.kind === "paused")
    return new AppError("channel_paused", trouble.detail, { state: outcome.state });
  return outcome.kind === "failed" ? new AppError("channel_refused", trouble.detail) : refusal(trouble);
}
