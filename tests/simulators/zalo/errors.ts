import type { JsonObject } from "../kit/json.ts";

/** The vendor says no with HTTP 200. */
export interface Refused {
  readonly error: number;
  readonly message: string;
}

const WORDS: Readonly<Record<number, string>> = {
  [-32]: "Rate limit exceeded",
  [-100]: "Attachment is expired or does not exist",
  [-200]: "Send message failed",
  [-201]: "Invalid parameter",
  [-211]: "Out of quota",
  [-213]: "User has not followed the Official Account",
  [-216]: "Access token is invalid",
  [-220]: "Access token is expired",
  [-230]: "User has not interacted with the OA in the past 7 days",
  [-232]: "User has not interacted with the OA",
  [-233]: "Message type is not supported",
  [-242]: "appsecret_proof is invalid",
  [-244]: "User restricts messages from the OA",
  [-248]: "Content violates policy",
  [-321]: "Zalo Cloud Account is not linked",
};

/** Thrown while a call is answered. */
export class ZaloError extends Error {
  readonly code: number;

  constructor(code: number, message = WORDS[code] ?? "Error") {
    super(message);
    this.code = code;
  }
}

export const refusal = (error: ZaloError): JsonObject => ({ error: error.code, message: error.message });
