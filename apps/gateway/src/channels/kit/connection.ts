import { AppError } from "@tongdai/shared";
import { z } from "zod";

/** Codes of Node and undici that can only occur before the first byte of a request is written. */
const beforeWriting = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EAI_FAIL",
  "ENETUNREACH",
  "EHOSTUNREACH",
  "UND_ERR_CONNECT_TIMEOUT",
  "CERT_HAS_EXPIRED",
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
  "ERR_TLS_CERT_ALTNAME_INVALID",
]);

const NetworkError = z.object({ code: z.string().optional(), syscall: z.string().optional() });

/** Several addresses of one host fail together as an AggregateError. */
function neverWritten(cause: unknown): boolean {
  if (cause instanceof AggregateError && cause.errors.length > 0) return cause.errors.every(neverWritten);
  const { code, syscall } = NetworkError.safeParse(cause).data ?? {};
  return (code !== undefined && beforeWriting.has(code)) || syscall === "connect";
}

/** A request without an answer. Only `unreachable` proves that nothing happened at the vendor. */
export type NoAnswer =
  /** Failed before the request could be written. */
  | { readonly kind: "unreachable"; readonly detail: string }
  /** Written, perhaps acted upon, not answered. */
  | { readonly kind: "lost"; readonly detail: string };

/**
 * What a rejected `fetch` means.
 * @param clean takes secrets out of what others say
 */
export function noAnswer(error: unknown, signal: AbortSignal, clean: (s: string) => string): NoAnswer {
  // Not a place that a request may go to.
  if (error instanceof AppError) return { kind: "unreachable", detail: error.message };
  if (signal.aborted) return { kind: "lost", detail: "no answer in time" };
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  const code = NetworkError.safeParse(cause).data?.code;
  const detail = code ?? clean(error instanceof Error ? error.message : "connection failed");
  return { kind: neverWritten(cause) ? "unreachable" : "lost", detail };
}
