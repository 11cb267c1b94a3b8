import type { SendFailure } from "@tongdai/shared";
import type { SendOutcome } from "../channel.ts";
import { again, holdAccount } from "./http.ts";

/** Source: SMPP 3.4, 5.1.3 "command_status". */
const FAILURES: Readonly<Record<number, SendFailure>> = {
  1: "invalid",
  10: "permission",
  11: "recipient_unknown",
  67: "invalid",
  69: "temporary",
  101: "recipient_unavailable",
  102: "policy",
};

const THROTTLED = 0x58;
const QUEUE_FULL = 0x14;
const LOGIN: ReadonlySet<number> = new Set([0x0e, 0x0f]);
const ALREADY_BOUND: ReadonlySet<number> = new Set([0x05, 0x0d]);

export const isTooFast = (status: number): boolean => status === THROTTLED || status === QUEUE_FULL;
export const isLogin = (status: number): boolean => LOGIN.has(status);

const SLOW_MS = 2_000;
/** Whoever is bound elsewhere, or was a moment ago, is not asked at once. */
const REBIND_MS = 30_000;

/** What a refusal with this status means for a message of which nothing has left. */
export function refusedOutcome(status: number): SendOutcome {
  const detail = `SMPP status 0x${status.toString(16).padStart(2, "0")}`;
  if (isTooFast(status)) return holdAccount("throttled", detail, SLOW_MS);
  if (isLogin(status)) return { kind: "paused", state: "login_needed", code: "login_needed", detail };
  if (ALREADY_BOUND.has(status)) return holdAccount("no_answer", detail, REBIND_MS);
  const failure = FAILURES[status];
  return failure ? { kind: "failed", code: failure, detail } : again(detail);
}
