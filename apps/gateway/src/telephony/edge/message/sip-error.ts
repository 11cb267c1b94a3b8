import type { ReceivedRequest } from "./types.ts";

/** What could be read of a request that is refused: enough to address the answer. */
export type Answerable = Pick<ReceivedRequest, "method" | "headers">;

/**
 * A message that cannot be taken as it is. The only thing that the parser throws.
 * `status` is the answer it deserves when it was a request (RFC 3261 21.4 and 21.5).
 */
export class SipError extends Error {
  override readonly name = "SipError";
  readonly status: number;
  /** Absent when it was a response, or too broken to be answered. */
  readonly request: Answerable | undefined;

  constructor(message: string, status = 400, request?: Answerable) {
    super(message);
    this.status = status;
    this.request = request;
  }
}
