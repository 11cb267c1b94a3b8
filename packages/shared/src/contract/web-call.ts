import { z } from "zod";

/** `POST /web-call/passes`: a web page asks to place one call for its visitor. */
export const AskPass = z.strictObject({
  /** The number or name as it was connected. */
  number: z.string().regex(/^\+?[A-Za-z0-9._-]{1,64}$/),
  /** Made up by the page, at random, and kept by it: whoever comes again with it is the same visitor. */
  visitor: z.string().regex(/^[A-Za-z0-9_-]{16,64}$/),
  /** Who the visitor is, signed by the page's own server. */
  statement: z.string().min(1).max(2_000).nullable().default(null),
});
export type AskPass = z.infer<typeof AskPass>;

export const CallPass = z.object({
  /** Path of the WebSocket, RFC 7118. */
  server: z.string(),
  /** `sip:` address to call. */
  address: z.string(),
  /** Of the INVITE, `Authorization: Bearer` (RFC 8898): for one call. */
  token: z.string(),
  /** Epoch milliseconds until which the call must be placed. */
  expiresAt: z.number().int(),
  /** Whether the page's word on who it is was believed. */
  known: z.boolean(),
});
export type CallPass = z.infer<typeof CallPass>;
