import { AppError, type SendFailure } from "@tongdai/shared";
import type { AccountCheck, SendOutcome } from "../channel.ts";
import type { Trouble } from "./api.ts";

type Verdict =
  | { readonly kind: "failed"; readonly code: SendFailure }
  | { readonly kind: "paused"; readonly state: "login_needed" | "restricted"; readonly code: SendFailure }
  | {
      readonly kind: "retry";
      readonly code: SendFailure;
      readonly scope: "message" | "account";
      readonly attempts: number;
    };

const failed = (code: SendFailure): Verdict => ({ kind: "failed", code });
const paused = (state: "login_needed" | "restricted", code: SendFailure): Verdict => ({
  kind: "paused",
  state,
  code,
});
const retry = (code: SendFailure, attempts: number): Verdict => ({
  kind: "retry",
  code,
  scope: "message",
  attempts,
});
const holdAccount = (code: SendFailure): Verdict => ({ kind: "retry", code, scope: "account", attempts: 20 });

const FEW = 4;
const loggedOut = paused("login_needed", "login_needed");
/** What the account's owner settles in the vendor's console. */
const unsettled = paused("restricted", "page_restricted");

/** Source: Zalo for Developers, "Error codes", as told by several who have met them; see docs/connect/zalo.md. */
const verdicts: Readonly<Record<number, Verdict>> = {
  [-32]: holdAccount("throttled"),
  // The next attempt uploads the file anew, which is what an expired one asks for.
  [-100]: retry("attachment_refused", 2),
  [-200]: retry("temporary", 2),
  [-201]: failed("invalid"),
  [-204]: unsettled,
  [-205]: unsettled,
  [-209]: unsettled,
  [-210]: failed("invalid"),
  [-211]: unsettled,
  [-212]: unsettled,
  [-213]: failed("recipient_unavailable"),
  [-214]: retry("temporary", FEW),
  [-216]: loggedOut,
  [-217]: failed("recipient_unavailable"),
  [-218]: failed("outside_window"),
  [-219]: unsettled,
  [-220]: loggedOut,
  [-221]: unsettled,
  [-224]: unsettled,
  [-227]: failed("recipient_unavailable"),
  [-230]: failed("outside_window"),
  [-232]: failed("outside_window"),
  [-233]: failed("invalid"),
  [-235]: unsettled,
  [-237]: failed("recipient_unavailable"),
  [-240]: failed("retired_tag"),
  [-242]: unsettled,
  [-244]: failed("recipient_unavailable"),
  [-248]: failed("policy"),
  [-249]: unsettled,
  [-320]: unsettled,
  [-321]: unsettled,
  [-403]: failed("permission"),
};

/** An unknown number says nothing about the account: only this message has failed. */
const verdictOn = (code: number): Verdict => verdicts[code] ?? failed("invalid");

/** What a failed request means for the message. The vendor has no idempotency key: what may have been sent is `unknown`. */
export function sendOutcome(trouble: Trouble): SendOutcome {
  const { detail } = trouble;
  switch (trouble.kind) {
    case "refused":
      return asOutcome(verdictOn(trouble.code), detail);
    case "no_token":
      return asOutcome(trouble.login ? loggedOut : holdAccount("no_answer"), detail);
    case "garbled": {
      const { status } = trouble;
      if (status === 429) return asOutcome(holdAccount("throttled"), detail);
      if (status === 413) return asOutcome(failed("attachment_refused"), detail);
      const isStopped = status >= 300 && status < 500 && status !== 408;
      return isStopped ? asOutcome(retry("temporary", FEW), detail) : { kind: "unknown", detail };
    }
    case "unreachable":
      return asOutcome(holdAccount("no_answer"), detail);
    case "lost":
      return { kind: "unknown", detail };
  }
}

const asOutcome = (verdict: Verdict, detail: string): SendOutcome =>
  verdict.kind === "retry" ? { ...verdict, detail, afterMs: null } : { ...verdict, detail };

/** The account's state after this trouble, or `null` where it says nothing about the account. */
export function accountState(trouble: Trouble): AccountCheck["state"] | null {
  const outcome = sendOutcome(trouble);
  return outcome.kind === "paused" ? outcome.state : null;
}

/**
 * The same for requests that are not messages: `channel_paused` where nothing more can be had from the account,
 * `channel_refused`, or `unavailable` for what may pass.
 */
export function refusal(trouble: Trouble): AppError {
  const state = accountState(trouble);
  if (state !== null) return new AppError("channel_paused", trouble.detail, { state });
  const isFinal = trouble.kind === "refused" && verdictOn(trouble.code).kind === "failed";
  return new AppError(isFinal ? "channel_refused" : "unavailable", trouble.detail);
}
