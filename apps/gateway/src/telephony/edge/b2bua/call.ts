import { type Cause, type Leg, ourCause, talks } from "../leg/index.ts";
import type { Header, ReceivedRequest } from "../message/index.ts";
import type { Caller } from "../policy/index.ts";
import type { Binding } from "../registrar/index.ts";
import { readSdp, type Sdp } from "../sdp/index.ts";
import type { ServerTransaction } from "../transaction/index.ts";
import { type IncomingLine, incomingLine } from "./incoming.ts";
import type { Line, LineParts } from "./line.ts";
import { type OutgoingLine, outgoingLine } from "./outgoing.ts";

/** One step of a leg: a row of the journal. */
export interface LegNews {
  readonly call: string;
  readonly leg: string;
  readonly party: string;
  readonly side: Leg["side"];
  readonly phase: Leg["phase"];
  readonly cause: Cause | undefined;
  /** Epoch milliseconds. */
  readonly at: number;
}

/** Who decides about calls: the router behind the edge. */
export interface Desk {
  /** A call came; its caller is known. It is answered by the call's own methods, now or later. */
  incoming(call: Call): void;
  /** Whom it rang at did not take it, and the caller still waits: ring at another, or hang up. */
  missed(call: Call, cause: Cause): void;
  ended(call: Call, cause: Cause): void;
  news(news: LegNews): void;
}

/** A call as the desk sees it. */
export interface Call {
  readonly id: string;
  readonly caller: Caller;
  /** 182 with the place in the line. */
  queued(position: number): void;
  /** Rings at a device. @throws when it rings somewhere already, or nobody waits any more */
  ring(device: Binding, headers?: readonly Header[]): void;
  /** Rings there no more; `missed` follows. */
  stopRinging(cause: Cause): void;
  hangUp(cause: Cause): void;
}

/** The call as the B2BUA has it: both legs in hand. */
export interface RunningCall extends Call {
  readonly a: IncomingLine;
  readonly b: OutgoingLine | undefined;
  /** The leg at the other end of one. */
  otherOf(line: Line): Line | undefined;
}

export interface CallParts extends Omit<LineParts, "moved"> {
  readonly domain: string;
  readonly desk: Desk;
  readonly ended: (call: RunningCall) => void;
}

/**
 * A caller's leg `a` and, one after the other, the legs `b` of those it rings at. Joined when `b` answers; over when
 * `a` goes down, or `b` does after they were joined. Every leg is down when a call is over.
 */
export function createCall(
  parts: CallParts,
  invite: ServerTransaction,
  { caller, sdp }: { caller: Caller; sdp: Sdp | undefined },
): RunningCall {
  const { desk, clock, domain } = parts;
  const id = parts.randomId();
  const lineParts: LineParts = { ...parts, moved };
  let b: OutgoingLine | undefined;
  let over = false;

  function moved(line: Line, phase: Leg["phase"]): void {
    const { side, cause } = line.leg;
    desk.news({ call: id, leg: line.id, party: line.party, side, phase, cause, at: clock.now() });
    if (line === a) callerMoved(phase);
    else if (line === b) calleeMoved(b, phase);
  }

  function callerMoved(phase: Leg["phase"]): void {
    if (phase === "down") end(a.leg.cause ?? ourCause("normal"));
  }

  function calleeMoved(line: OutgoingLine, phase: Leg["phase"]): void {
    if (phase === "early") a.ring(line.progress, []);
    else if (phase === "up" && !talks(a.leg)) join(line);
    else if (phase === "down") lost(line);
  }

  /** Their answer goes to the caller, or their offer when the caller made none: his ACK answers it. */
  function join(line: OutgoingLine): void {
    const late = sdp === undefined;
    if (!line.sdp) line.hangUp(ourCause("incompatible"));
    else
      a.accept(line.sdp.body, (ack) => {
        if (late) answerLate(line, ack);
      });
  }

  function answerLate(line: OutgoingLine, ack: ReceivedRequest): void {
    const reading = readSdp(ack);
    if (reading.kind === "sdp") line.answer(reading.sdp.body);
    else end(ourCause("incompatible"));
  }

  function lost(line: OutgoingLine): void {
    const cause = line.leg.cause ?? ourCause("normal");
    b = undefined;
    if (talks(a.leg)) end(cause);
    else if (!over) desk.missed(call, cause);
  }

  function end(cause: Cause): void {
    if (over) return;
    over = true;
    const other: Cause = { ...cause, by: "edge" };
    a.hangUp(other);
    b?.hangUp(other);
    parts.ended(call);
    desk.ended(call, cause);
  }

  function ring(device: Binding, headers: readonly Header[] = []): void {
    if (over || b || talks(a.leg)) throw new Error("nobody waits to be put through");
    b = outgoingLine(lineParts, device.user, {
      flow: device.flow,
      uri: device.uri,
      domain,
      to: device.user,
      from: caller.from,
      headers,
      body: sdp?.body,
    });
    b.dispatch({ type: "dial" });
  }

  const a = incomingLine(lineParts, invite, { party: caller.id, sdp });
  const call: RunningCall = {
    id,
    caller,
    a,
    get b() {
      return b;
    },
    otherOf: (line) => (line === a ? b : line === b ? a : undefined),
    queued: (position) => a.ring(182, [{ name: "x-queue-position", value: String(position) }]),
    ring,
    stopRinging: (cause) => b?.hangUp(cause),
    hangUp: end,
  };
  return call;
}
