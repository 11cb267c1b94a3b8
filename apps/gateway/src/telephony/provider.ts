import type { CallCause, LegPhase } from "@tongdai/shared";

/** Who calls, as far as it is proven. */
export interface IncomingCall {
  /** UUID. */
  readonly id: string;
  /** `trunk`: from the telephone network; `visitor`: from a web page of ours; `agent`: one of our own people. */
  readonly origin: "trunk" | "visitor" | "agent";
  /** The trunk's id, the visitor's, the user's. */
  readonly originId: string;
  /** The caller's number as the network tells it; null: it tells none, or there is no such thing. */
  readonly number: string | null;
  readonly name: string | null;
  /** The user part of the address that was called. */
  readonly called: string;
}

/** One step of a leg. */
export interface LegNews {
  readonly callId: string;
  readonly legId: string;
  /** `null`: the customer's leg. */
  readonly userId: string | null;
  readonly phase: LegPhase;
  readonly cause: CallCause | null;
  /** Epoch milliseconds. */
  readonly at: number;
  /** What the exchange wants to be told at its next start, for the call to go on; absent: nothing could. */
  readonly talk?: string;
}

/** Who is told of calls, in the order in which it happened. Nothing here throws or takes long. */
export interface CallDesk {
  incoming(call: IncomingCall): void;
  leg(news: LegNews): void;
  /** The phone that it rang at did not take it, and the caller still waits. `missed` comes after its leg's news. */
  missed(callId: string, cause: CallCause): void;
  ended(callId: string, cause: CallCause): void;
  transferred(callId: string, fromUserId: string, toUserId: string): void;
  /** Whether calls can ring at somebody has changed. */
  reachable(userId: string, on: boolean): void;
}

/** Where one of our people's phone logs in. */
export interface PhoneAccess {
  readonly server: string;
  readonly address: string;
  readonly name: string;
  readonly password: string;
  /** Epoch milliseconds. */
  readonly expiresAt: number;
}

/** How a visitor of a web page places one call. */
export interface VisitAccess {
  /** Path of the WebSocket, good for this page's origin and for some hours. */
  readonly server: string;
  readonly address: string;
  /** Bearer token of the INVITE: one call to this address. */
  readonly token: string;
  /** Of the token, epoch milliseconds. */
  readonly expiresAt: number;
}

/** Calls by the name of a cause, see `ourCause` of the edge. */
export type Ending =
  | "normal"
  | "unallocated"
  | "busy"
  | "no answer"
  | "rejected"
  | "elsewhere"
  | "barred"
  | "congestion"
  | "temporary failure";

/**
 * A telephone exchange: the gateway's own SIP edge, or one beside it. What it has begun it tells `CallDesk`. Orders about calls that
 * are over do nothing: they cross with the news.
 */
export interface TelephonyProvider {
  /** @param o.until epoch milliseconds at which the log-in itself ends */
  access(o: { userId: string; sessionId: string; until: number }): PhoneAccess;
  /** @param o.number E.164, and the name: where somebody vouches for who it is */
  visit(o: {
    visitor: string;
    called: string;
    origin: string;
    number: string | null;
    name: string | null;
  }): VisitAccess;
  /** A log-in has ended: its phones are taken off. */
  revoke(sessionId: string): void;
  /** Of a start: goes on with a call, by the last `talk` that was told of it. @returns whether it does */
  resume(talk: string): boolean;
  /** The caller hears that he is in a line, and where. */
  queued(callId: string, position: number): void;
  /** Rings at somebody's phone; `busy`: it rings or talks elsewhere; `gone`: the call is over, or was never here. */
  ring(
    callId: string,
    o: { userId: string; interactionId: string | null },
  ): "rings" | "no phone" | "busy" | "gone";
  /** Whether there is a way to the telephone network. */
  readonly reachesOutside: boolean;
  /** Puts an agent who calls through to a number outside. @param o.from the number of ours that is shown; both E.164, or as they are called */
  callOut(callId: string, o: { number: string; from: string }): void;
  stopRinging(callId: string, why: Ending): void;
  /** Whoever of ours talks is hung up on; the caller waits, and it may ring elsewhere. */
  release(callId: string): void;
  hangUp(callId: string, why: Ending): void;
  /** What it needs beside itself, such as `media`, and whether that answers. */
  health(): Readonly<Record<string, boolean>>;
  close(): Promise<void>;
}
