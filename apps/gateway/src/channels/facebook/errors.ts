import { AppError, type SendFailure } from "@tongdai/shared";
import type { SendOutcome } from "../channel.ts";
import type { Refusal, Trouble } from "./graph.ts";
import type { Usage } from "./usage.ts";

type Verdict =
  | { readonly kind: "failed"; readonly code: SendFailure }
  | { readonly kind: "paused"; readonly state: "login_needed" | "restricted"; readonly code: SendFailure }
  | {
      readonly kind: "retry";
      readonly code: SendFailure;
      readonly scope: "message" | "account";
      readonly attempts: number;
      /** `null`: the core's own back-off. */
      readonly afterMs: number | null;
    };

const failed = (code: SendFailure): Verdict => ({ kind: "failed", code });
const paused = (state: "login_needed" | "restricted", code: SendFailure): Verdict => ({
  kind: "paused",
  state,
  code,
});
const retry = (code: SendFailure, attempts: number, afterMs: number | null = null): Verdict => ({
  kind: "retry",
  code,
  scope: "message",
  attempts,
  afterMs,
});
const holdAccount = (code: SendFailure): Verdict => ({
  kind: "retry",
  code,
  scope: "account",
  attempts: 20,
  afterMs: null,
});

const FEW = 4;
/** Another app's hold on a thread may last a day; a person should be told before that. */
const THREAD_HELD_MS = 30_000;

/** Meta's servers may fail after they sent: the echo that proves it needs time to come before the next attempt. */
const ECHO_MS = 5000;

const temporary = retry("temporary", FEW, ECHO_MS);
const throttled = holdAccount("throttled");

/**
 * Meta's error codes, `code/subcode` before `code`. Sources: Meta, "Messenger Platform error codes", "Send messages",
 * "Rate limits" (80001 and 80006: page and Messenger use cases).
 */
const verdicts: Readonly<Record<string, Verdict>> = {
  "1": temporary,
  "2": temporary,
  "2/2018344": failed("recipient_terms"),
  "4": throttled,
  "17": throttled,
  "32": throttled,
  "613": throttled,
  "80001": throttled,
  "80006": throttled,
  "10": failed("permission"),
  "10/2018278": failed("outside_window"),
  "10/2018065": failed("outside_window"),
  "10/2534022": failed("outside_window"),
  "10/2018108": failed("recipient_unavailable"),
  "10/1893063": paused("restricted", "page_restricted"),
  "100": failed("invalid"),
  "100/33": failed("gone"),
  "100/2018292": failed("gone"),
  "10900": failed("already_answered"),
  "10903": failed("recipient_unavailable"),
  "100/2018001": failed("recipient_unknown"),
  "100/1893061": failed("retired_tag"),
  // The next attempt carries the bytes anew, which is the second upload that Meta asks for.
  "100/2018074": retry("attachment_refused", 2),
  "100/2018008": retry("attachment_fetch", 2),
  "100/2018294": retry("attachment_fetch", 2),
  "100/2018047": failed("attachment_refused"),
  "102": paused("login_needed", "login_needed"),
  "190": paused("login_needed", "login_needed"),
  "200": failed("permission"),
  "200/1545041": failed("recipient_unavailable"),
  "551": failed("recipient_unavailable"),
  "2018300": retry("other_app_controls", FEW, THREAD_HELD_MS),
  "2018321": retry("automated_flow", 10, THREAD_HELD_MS),
  "10303": failed("invalid"),
  "368": paused("restricted", "policy"),
};

/** Subcodes that mean the same under any code: Meta's table prints them without one. */
const anywhere = new Set([2018300, 2018321]);

function verdictOn({ code, subcode, transient, status }: Refusal): Verdict {
  const exact =
    verdicts[`${code}/${subcode}`] ?? (subcode !== null && anywhere.has(subcode) ? verdicts[subcode] : null);
  if (exact) return exact;
  const general = verdicts[code];
  // A word of hope on a code that only says "something is wrong with it" outweighs the code.
  if (general && !(transient && general.kind === "failed")) return general;
  if (transient || status >= 500) return temporary;
  return status === 429 ? throttled : failed("invalid");
}

/** Attempts wait as long as they are asked to; a throttled account also until its allowance is back. */
function outcome(verdict: Verdict, detail: string, usage: Usage): SendOutcome {
  if (verdict.kind !== "retry") return { ...verdict, detail };
  const regainMs = verdict.scope === "account" ? usage.regainMs : null;
  const asked = Math.max(regainMs ?? 0, usage.retryAfterMs ?? 0);
  return { ...verdict, detail, afterMs: asked > 0 ? asked : verdict.afterMs };
}

/** An answer that is no Graph answer: in the 200s and 500s Meta may have acted, elsewhere it was stopped on its way. */
function garbled(status: number, detail: string, usage: Usage): SendOutcome {
  if (status === 429) return outcome(throttled, detail, usage);
  if (status === 413) return outcome(failed("attachment_refused"), detail, usage);
  const stopped = status >= 300 && status < 500 && status !== 408;
  if (stopped) return outcome(retry("temporary", FEW), detail, usage);
  return { kind: "unknown", detail, ...(usage.retryAfterMs !== null && { restMs: usage.retryAfterMs }) };
}

/** What a failed request means for the message. Meta has no idempotency key: whatever may have been sent is `unknown`. */
export function sendOutcome(trouble: Trouble): SendOutcome {
  switch (trouble.kind) {
    case "refused":
      return outcome(verdictOn(trouble), trouble.detail, trouble.usage);
    case "garbled":
      return garbled(trouble.status, trouble.detail, trouble.usage);
    case "unreachable":
      return { ...holdAccount("no_answer"), detail: trouble.detail };
    case "lost":
      return { kind: "unknown", detail: trouble.detail };
  }
}

/** Why a request was refused for good, in the words for agents. */
export function failureOf(trouble: Trouble): SendFailure {
  const verdict = trouble.kind === "refused" ? verdictOn(trouble) : null;
  return verdict ? verdict.code : "invalid";
}

/**
 * The same for requests that are not messages: `channel_paused` where nothing more can be had from the account,
 * `channel_refused` with Meta's codes, or `unavailable` for what may pass.
 */
export function refusal(trouble: Trouble): AppError {
  if (trouble.kind !== "refused") return new AppError("unavailable", trouble.detail);
  const { code, subcode, detail } = trouble;
  const state = accountState(trouble);
  if (state !== null) return new AppError("channel_paused", detail, { state, code, subcode });
  const passes = verdictOn(trouble).kind === "retry";
  return new AppError(passes ? "unavailable" : "channel_refused", detail, { code, subcode });
}

/** What an answer says about the account as a whole, if anything. */
export function accountState(trouble: Trouble): "login_needed" | "restricted" | null {
  if (trouble.kind !== "refused") return null;
  const verdict = verdictOn(trouble);
  return verdict.kind === "paused" ? verdict.state : null;
}
