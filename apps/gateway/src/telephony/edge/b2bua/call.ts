import { type Cause, type Leg, ourCause, talks } from "../leg/index.ts";
import type { Header } from "../message/index.ts";
import type { Caller } from "../policy/index.ts";
import type { Binding } from "../registrar/index.ts";
import type { Sdp } from "../sdp/index.ts";
import { createFirst } from "./first.ts";
import type { IncomingLine } from "./incoming.ts";
import type { Line, LineParts } from "./line.ts";
import { type OutgoingLine, outgoingLine } from "./outgoing.ts";
import { createPath, type MediaPath, type MediaRelay } from "./path.ts";
import { talkOf } from "./talk.ts";
import { createTransfer, type Transfer, type TransferParts } from "./transfer.ts";

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
  /** Whom an agent means who sends his talk on to `user`; undefined refuses it. */
  resolve(call: Call, agent: string, user: string): Destination | undefined;
  transferred(call: Call, from: string, to: string): void;
  news(news: LegNews): void;
}

/** Where a device is: a registration, or the connection of a talk. */
export type Device = Pick<Binding, "user" | "uri" | "flow"> & {
  /** Of somebody outside: what To and From of the INVITE say. */
  readonly shows?: { readonly to: string; readonly from: Caller["from"] };
};

export interface Destination {
  readonly device: Device;
  readonly headers?: readonly Header[];
  /** The talk that the transfer takes the place of. */
  readonly replaced?: Call;
}

/** A call as the desk sees it. */
export interface Call {
  readonly id: string;
  readonly caller: Caller;
  /** Nobody talks with the caller, and it rings nowhere. */
  readonly waits: boolean;
  /** What is needed to go on after a crash, once it was answered; see `talk.ts`. */
  talk(): string | undefined;
  /** 182 with the place in the line. */
  queued(position: number): void;
  /** Rings at a device. @throws when it rings somewhere already, or nobody waits any more */
  ring(device: Device, headers?: readonly Header[]): void;
  /** Puts whoever waits through to a device of our own that plays to them; they go on waiting. Who has one keeps it. */
  attend(device: Device): void;
  /** Rings there no more; `missed` follows. */
  stopRinging(cause: Cause): void;
  /** Hangs up on the agent in a talk, of two on the one who came last; the other one waits to be put through to somebody else. */
  release(cause: Cause): void;
  hangUp(cause: Cause): void;
}

/** The call as the B2BUA has it: its legs in hand. */
export interface RunningCall extends Call {
  readonly a: IncomingLine;
  /** Every leg that is not down for the call. */
  lines(): Line[];
  /** By which what one party says of its media gets to the other. */
  readonly path: MediaPath;
  /** The leg at the other end of one. */
  otherOf(line: Line): Line | undefined;
  mayTransfer(leave: Line): boolean;
  transfer(leave: Line, to: Destination): void;
}

export interface CallParts extends Omit<LineParts, "moved" | "call"> {
  readonly domain: string;
  readonly desk: Desk;
  readonly ended: (call: RunningCall) => void;
  readonly relay?: MediaRelay;
  readonly report: (error: unknown) => void;
  /** What a device is shown of who calls, in From. */
  readonly shown?: (caller: Caller) => Caller["from"];
}

export interface Beginning {
  readonly id: string;
  readonly caller: Caller;
  /** The caller's offer; undefined when he wants ours. */
  readonly sdp: Sdp | undefined;
  /** The caller's leg, and that of whom he talks with already. */
  readonly begin: (parts: LineParts) => readonly [IncomingLine, ...Line[]];
}

/**
 * A caller's leg and, one after the other, the legs of those it rings at; joined when one answers. Then both ends are
 * alike: the call is over when either goes down, a transfer puts a third in the place of one, and one who is released
 * leaves the other waiting, to be rung for again. Every leg is down when a call is over.
 */
export function createCall(parts: CallParts, { id, caller, sdp, begin }: Beginning): RunningCall {
  const { desk, clock } = parts;
  const lineParts: LineParts = { ...parts, call: id, moved };
  const [a, ...others] = begin(lineParts);
  let ends: Line[] = [a, ...others];
  let joined = others.length > 0;
  const path = createPath({ call: id, caller, relay: parts.relay, report: parts.report, ends });
  const wanted = (line: Line): boolean => line === callee && !over;
  const first = createFirst({ a, sdp, path, wanted, joined: () => (joined = true), failed: end });
  let over = false;
  let callee: OutgoingLine | undefined;
  let transfer: Transfer | undefined;
  /** What a device is told of the call beside SIP, whoever's it is. */
  let about: readonly Header[] = [];
  /** Whom somebody who waits listens to, or soon will. */
  let attendant: OutgoingLine | undefined;

  const tell = (line: Line, phase: Leg["phase"]): void => desk.news(newsOf(line, phase, clock.now()));

  function moved(line: Line, phase: Leg["phase"]): void {
    // Who takes somebody's place has answered once the other one hears him.
    if (line !== transfer?.fresh || phase !== "up") tell(line, phase);
    if (line === transfer?.fresh) transfer.moved(phase);
    else if (phase === "down" && ends.includes(line)) down(line, line.leg.cause ?? ourCause("normal"));
    else if (line === callee && !joined) first.moved(callee, phase);
  }

  function down(line: Line, cause: Cause): void {
    const isOurs = line === attendant;
    // Who sent the other on may leave before the third has answered.
    if (joined && line === transfer?.leave) return;
    if (!isOurs && (joined || line === ends[0])) end(cause);
    else {
      [callee, attendant, joined] = [undefined, undefined, false];
      ends = ends.filter((other) => other !== line);
      path.left(line);
      if (!isOurs && !over) desk.missed(call, cause);
    }
  }

  function end(cause: Cause): void {
    if (over) return;
    over = true;
    for (const line of lines()) line.hangUp({ ...cause, by: "edge" });
    path.close();
    parts.ended(call);
    desk.ended(call, cause);
  }

  const lines = (): Line[] => (transfer ? [...ends, transfer.fresh] : ends);
  const lineTo = (device: Device, headers: readonly Header[], isAgent = !device.shows): OutgoingLine =>
    dialLine(parts, lineParts, { caller, device, headers, isAgent });

  function ring(device: Device, headers: readonly Header[] = []): void {
    if (!call.waits) throw new Error("nobody waits to be put through");
    about = headers.filter(({ name }) => name.startsWith("x-"));
    // Whom he would have listened to soon.
    if (!joined) (transfer?.fresh ?? attendant)?.hangUp(ourCause("normal"));
    put(lineTo(device, headers));
  }

  function attend(device: Device): void {
    if (!call.waits || attendant) return;
    attendant = lineTo(device, [], false);
    put(attendant);
  }

  /** To whoever waits: before his first answer as to any caller, then as one more. */
  function put(line: OutgoingLine): void {
    const [waiting] = ends;
    if (waiting && talks(waiting.leg)) putThrough({ stay: waiting, leave: undefined, fresh: line });
    else {
      [callee, ends] = [line, [a, line]];
      first.invite(line);
    }
  }

  const otherOf = (line: Line): Line | undefined =>
    ends.includes(line) ? ends.find((other) => other !== line) : undefined;
  const mayTransfer = (leave: Line): boolean =>
    joined && !attendant && !transfer && !over && ends.includes(leave) && ends.every(({ leg }) => talks(leg));

  /** A third in the place of one of two, or for one who waits again. */
  function putThrough(
    { stay, leave, fresh }: Pick<TransferParts, "stay" | "leave" | "fresh">,
    replaced?: Call,
  ): void {
    transfer = createTransfer({
      clock,
      stay,
      leave,
      fresh,
      carry: path.carry,
      made() {
        transfer = undefined;
        joined = true;
        ends = [stay, fresh];
        if (leave) desk.transferred(call, leave.party, fresh.party);
        tell(fresh, "up");
        const gone = leave ?? (attendant === fresh ? undefined : attendant);
        if (gone === attendant) attendant = undefined;
        gone?.hangUp(ourCause("normal"));
        if (gone) path.left(gone);
        replaced?.hangUp(ourCause("normal"));
      },
      failed(cause, broken) {
        transfer = undefined;
        path.left(fresh);
        if (fresh === attendant) attendant = undefined;
        else if (leave && (broken || !talks(leave.leg))) end(cause);
        else if (!leave && !over) desk.missed(call, cause);
      },
    });
    fresh.invite(undefined);
  }

  function release(cause: Cause): void {
    const leave = ends.findLast((line) => line.isAgent);
    const stay = leave && otherOf(leave);
    if (!joined || !stay) return;
    transfer?.fresh.hangUp(cause);
    if (over) return;
    joined = false;
    callee = undefined;
    ends = [stay];
    leave.hangUp(cause);
    path.left(leave);
  }

  const call: RunningCall = {
    id,
    caller,
    a,
    lines,
    path,
    otherOf,
    mayTransfer,
    get waits() {
      const free = attendant !== undefined || (!callee && !joined);
      return free && !over && (!transfer || transfer.fresh === attendant);
    },
    transfer(leave, { device, headers = [], replaced }) {
      const stay = otherOf(leave);
      if (stay) putThrough({ stay, leave, fresh: lineTo(device, [...about, ...headers]) }, replaced);
    },
    talk: () => (over ? undefined : talkOf({ id, caller, ends: ends.filter((line) => line !== attendant) })),
    queued: (position) => a.ring(182, [{ name: "x-queue-position", value: String(position) }]),
    ring,
    attend,
    stopRinging(cause) {
      const rung = joined && !attendant ? undefined : (transfer?.fresh ?? callee);
      if (rung !== attendant) rung?.hangUp(cause);
    },
    release,
    hangUp: end,
  };
  return call;
}

const newsOf = ({ id, call, party, leg }: Line, phase: Leg["phase"], at: number): LegNews => ({
  call,
  leg: id,
  party,
  side: leg.side,
  phase,
  cause: leg.cause,
  at,
});

/** The leg to a device, which is shown of the caller what it may see. */
const dialLine = (
  parts: CallParts,
  lineParts: LineParts,
  o: { caller: Caller; device: Device; headers: readonly Header[]; isAgent: boolean },
): OutgoingLine =>
  outgoingLine(
    lineParts,
    { party: o.device.user, isAgent: o.isAgent },
    {
      flow: o.device.flow,
      uri: o.device.uri,
      domain: parts.domain,
      to: o.device.shows?.to ?? o.device.user,
      from: o.device.shows?.from ?? parts.shown?.(o.caller) ?? o.caller.from,
      headers: o.headers,
    },
  );
