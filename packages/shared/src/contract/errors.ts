import { z } from "zod";

/**
 * Every refusal that may cross the wire. Clients translate the code; `message` is for developers' logs.
 * `details` holds only what the asker may know.
 */
export const ErrorCode = z.enum([
  "invalid_input",
  "unauthenticated",
  "bad_credentials",
  /** Name and password are right, and somebody else knows that password: log in with a new one beside it. */
  "password_change_required",
  "forbidden",
  "not_found",
  "conflict",
  "taken",
  "expired",
  "illegal_transition",
  "disposition_required",
  "extensions_used",
  "rate_limited",
  "too_large",
  "empty_file",
  "unsupported_media",
  "window_closed",
  "opted_out",
  /** A call out; the details name the `obstacle`: see `DialObstacle`. */
  "call_refused",
  "channel_paused",
  "channel_refused",
  "contract_mismatch",
  "unavailable",
  "timeout",
  "internal",
]);
export type ErrorCode = z.infer<typeof ErrorCode>;

export const WireError = z.object({
  code: ErrorCode,
  message: z.string(),
  details: z.record(z.string(), z.unknown()).optional(),
});
export type WireError = z.infer<typeof WireError>;

/** An expected refusal: shown to the person, not reported as a bug. Anything else that is thrown is answered as `internal`. */
export class AppError extends Error {
  override readonly name = "AppError";
  readonly code: ErrorCode;
  readonly details: Record<string, unknown> | undefined;
  constructor(code: ErrorCode, message: string, details?: Record<string, unknown>) {
    super(message);
    this.code = code;
    this.details = details;
  }
}
