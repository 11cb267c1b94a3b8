import { z } from "zod";
import { Id, Millis } from "./scalars.ts";

/** Why a leg or a call is over, in the words of both worlds. */
export const CallCause = z.object({
  /** A status of SIP; 200 when it was hung up as calls are. */
  sip: z.number().int(),
  /** ITU-T Q.850: 16 normal, 17 busy, 19 no answer, 21 rejected, 27 out of order... */
  q850: z.number().int(),
  /** Whose doing it was: the party's on that leg, or ours. */
  by: z.enum(["party", "edge"]),
});
export type CallCause = z.infer<typeof CallCause>;

/** `trying`: asked for; `early`: it rings there, or a caller waits; `up`: they talk; `held`: the party put us on hold. */
export const LegPhase = z.enum(["trying", "early", "up", "held", "down"]);
export type LegPhase = z.infer<typeof LegPhase>;

/** One party's side of a call. */
export const CallLeg = z.object({
  id: z.string(),
  /** `null`: the customer's side. */
  userId: Id.nullable(),
  phase: LegPhase,
  /** When it came to this phase. */
  since: Millis,
  answeredAt: Millis.nullable(),
  /** Once it is down. */
  cause: CallCause.nullable(),
});
export type CallLeg = z.infer<typeof CallLeg>;

/** See domain/call for the drawn machine. */
export const CallState = z.enum(["waiting", "ringing", "talking", "ended"]);
export type CallState = z.infer<typeof CallState>;

/**
 * `answered`: they talked; `abandoned`: the caller gave up before; `unanswered`: we ended it before; `lost`: the gateway was
 * gone while it went on, and nobody knows how it ended.
 */
export const CallOutcome = z.enum(["answered", "abandoned", "unanswered", "lost"]);
export type CallOutcome = z.infer<typeof CallOutcome>;

/** A telephone call with its legs, in the order in which they began. */
export const Call = z.object({
  id: Id,
  /** `null`: a call between two of our own people is no customer's. */
  interactionId: Id.nullable(),
  conversationId: Id.nullable(),
  accountId: Id.nullable(),
  direction: z.enum(["in", "out", "internal"]),
  /** What was called: our number or name as it was dialled; a customer's number is masked. */
  called: z.string(),
  state: CallState,
  legs: z.array(CallLeg),
  startedAt: Millis,
  /** When somebody of ours first took it. */
  answeredAt: Millis.nullable(),
  endedAt: Millis.nullable(),
  /** Once it has ended. */
  outcome: CallOutcome.nullable(),
  cause: CallCause.nullable(),
});
export type Call = z.infer<typeof Call>;

/**
 * What a softphone logs in with, for one log-in of one person: SIP over WebSocket (RFC 7118), digest. Void from `expiresAt` on
 * and when the log-in ends, which takes what was registered with it off and closes its connection: ask anew before.
 *
 * A call that rings at an agent carries `X-Call-Id` and `X-Interaction-Id`: the ids of `Call` and of the offer's interaction. The
 * offer was told before the INVITE was sent. 200 accepts the offer, any refusal declines it.
 */
export const PhoneLogin = z.object({
  /** Of the WebSocket; a path alone is on the gateway's own server. */
  server: z.string(),
  /** `sip:<user>@<domain>`: what is registered, and From of what is sent. */
  address: z.string(),
  name: z.string(),
  password: z.string(),
  expiresAt: Millis,
});
export type PhoneLogin = z.infer<typeof PhoneLogin>;
