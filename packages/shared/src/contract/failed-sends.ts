import { z } from "zod";
import { AccountFact } from "./account-facts.ts";
import { SendFailure } from "./failures.ts";
import { Id, Millis } from "./scalars.ts";

/** Milliseconds for which a message that did not arrive is listed. */
export const FAILED_SENDS_KEPT_MS = 7 * 24 * 60 * 60_000;

/** A message that did not reach its customer, or of which nobody knows; not what it says, which is for those who may read it. */
export const FailedSend = z.object({
  messageId: Id,
  conversationId: Id,
  accountId: Id,
  customerName: z.string(),
  /** Who wrote it; `null`: the system. */
  authorId: Id.nullable(),
  /** `unknown`: it may have arrived, so only who reads the conversation decides. */
  state: z.enum(["failed", "unknown"]),
  error: z.object({ code: SendFailure, detail: z.string() }).nullable(),
  at: Millis,
});
export type FailedSend = z.infer<typeof FailedSend>;

/** What of an account is not done: to be sent, not arrived, not understood. */
export const AccountBacklog = z.object({
  accountId: Id,
  /** When something last came in, to the minute; the journal does not tell it. */
  lastInboundAt: Millis.nullable(),
  toSend: z.number().int(),
  /** When the first of what is to be sent was due; `null`: nothing is. */
  dueSince: Millis.nullable(),
  /** Of the last seven days. */
  failed: z.number().int(),
  unknown: z.number().int(),
  /** What the vendor last told of the account, and when; `null`: never. */
  facts: z.array(AccountFact).default([]),
  factsAt: Millis.nullable().default(null),
  /** What came in and could not be applied; accounts behind one webhook share it. */
  quarantined: z.object({ count: z.number().int(), newestAt: Millis }).nullable(),
});
export type AccountBacklog = z.infer<typeof AccountBacklog>;
