import { AppError, WireError } from "@tongdai/shared";

/** Whatever was thrown, as a refusal that can be shown. What we did not expect is `internal`. */
export function toAppError(cause: unknown): AppError {
  if (cause instanceof AppError) return cause;
  return new AppError("internal", cause instanceof Error ? cause.message : String(cause));
}

/** What the other side says went wrong; `otherwise` when it says it in no known form. */
export function fromWire(value: unknown, otherwise: AppError): AppError {
  const parsed = WireError.safeParse(value);
  return parsed.success
    ? new AppError(parsed.data.code, parsed.data.message, parsed.data.details)
    : otherwise;
}

export const toWire = (error: AppError): WireError => ({
  code: error.code,
  message: error.message,
  ...(error.details ? { details: error.details } : {}),
});

/** Worth another try by itself: it says nothing about what was asked. */
export const isPassing = (error: AppError): boolean =>
  error.code === "unavailable" ||
  error.code === "timeout" ||
  error.code === "rate_limited" ||
  error.code === "internal";
