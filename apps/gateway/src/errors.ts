import { AppError, type ErrorCode, type WireError } from "@tongdai/shared";

const status: Record<ErrorCode, number> = {
  invalid_input: 400,
  unauthenticated: 401,
  bad_credentials: 401,
  password_change_required: 403,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  taken: 409,
  expired: 410,
  illegal_transition: 409,
  disposition_required: 422,
  extensions_used: 409,
  rate_limited: 429,
  too_large: 413,
  empty_file: 400,
  unsupported_media: 415,
  window_closed: 409,
  opted_out: 409,
  call_refused: 409,
  channel_paused: 409,
  channel_refused: 502,
  contract_mismatch: 426,
  unavailable: 503,
  timeout: 504,
  internal: 500,
};

export const statusOf = (code: ErrorCode): number => status[code];

/** What may cross the wire: a refusal as it is; of a bug nothing but that it happened. */
export function toWireError(error: unknown): WireError {
  if (!(error instanceof AppError))
    return { code: "internal", message: "something went wrong here; it was noted" };
  const { code, message, details } = error;
  return details === undefined ? { code, message } : { code, message, details };
}
