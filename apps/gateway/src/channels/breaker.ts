import type { SendOutcome } from "./channel.ts";

/** So many requests in a row without an answer are no accident. */
const LIMIT = 5;

export interface Breaker {
  /** Notes how a request ended. Returns whether the vendor must be taken for unreachable now. */
  note(accountId: string, outcome: SendOutcome): boolean;
  /** Whether no answer has come since: one request at a time is then enough to be lost. */
  isDoubted(accountId: string): boolean;
}

/**
 * Counts the answers that an account's vendor owes us (Nygard, "Release It!": circuit breaker). Each lost one is a message of
 * which somebody must find out whether it arrived, so a vendor that hangs is left alone before it has eaten all of them.
 */
export function breaker(): Breaker {
  const lost = new Map<string, number>();
  const isDoubted = (accountId: string) => (lost.get(accountId) ?? 0) >= LIMIT;
  return {
    note(accountId, outcome) {
      if (isLost(outcome)) lost.set(accountId, (lost.get(accountId) ?? 0) + 1);
      else lost.delete(accountId);
      return isDoubted(accountId);
    },
    isDoubted,
  };
}

const isLost = (o: SendOutcome): boolean =>
  o.kind === "unknown" || (o.kind === "retry" && o.code === "no_answer");
