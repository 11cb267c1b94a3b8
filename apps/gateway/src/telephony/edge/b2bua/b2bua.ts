import { dialogKey, keyOfRequest } from "../dialog/index.ts";
import type { Flow } from "../flow.ts";
import { causeOfReason, causeOfStatus, ourCause, talks, tooShort } from "../leg/index.ts";
import { inDialog, type ReceivedRequest, tagOf } from "../message/index.ts";
import type { Admission, Caller } from "../policy/index.ts";
import type { Binding, BindingChange } from "../registrar/index.ts";
import { readSdp } from "../sdp/index.ts";
import type { ServerTransaction, Stateless } from "../transaction/index.ts";
import { createCall, type Desk, type RunningCall } from "./call.ts";
import { incomingLine } from "./incoming.ts";
import type { Line } from "./line.ts";
import { isOutside, type MediaRelay } from "./path.ts";
import { relay } from "./relay.ts";
import type { Wire } from "./session.ts";
import { type Road, talkFrom } from "./talk.ts";

export interface B2buaParts extends Wire {
  readonly domain: string;
  readonly randomId: () => string;
  readonly admit: (invite: ReceivedRequest, flow: Flow) => Admission;
  readonly desk: Desk;
  readonly shown?: (caller: Caller) => Caller["from"];
  /** Absent: media go directly. */
  readonly relay?: MediaRelay;
  readonly report: (error: unknown) => void;
  /** Milliseconds that a party whose connection is gone has to come back. */
  readonly grace?: number;
}

/** The calls of the edge: two legs each, of which we are the other end. */
export function createB2bua(parts: B2buaParts) {
  const { clock, desk, grace = 15_000 } = parts;
  const calls = new Map<string, RunningCall>();
  const lines = new Map<string, Line>();
  /** Of an INVITE that was let in and whose transaction is about to begin. */
  const admitted = new WeakMap<ReceivedRequest, Caller>();
  const away = new Map<Line, () => void>();
  const callParts = { ...parts, lines, ended: (call: RunningCall) => void calls.delete(call.id) };

  function admit(invite: ReceivedRequest, flow: Flow): Stateless | undefined {
    const admission = parts.admit(invite, flow);
    if (admission.kind === "refused") return admission;
    const short = tooShort(invite);
    if (short) return { status: 422, headers: [short] };
    const reading = readSdp(invite);
    if (reading.kind === "refused") return reading.refusal;
    admitted.set(invite, admission.caller);
    return undefined;
  }

  function request(transaction: ServerTransaction): void {
    const message = transaction.request;
    const caller = admitted.get(message);
    if (inDialog(message)) within(transaction);
    else if (message.method === "INVITE" && caller) begin(transaction, caller);
    else transaction.answer(481);
  }

  function begin(transaction: ServerTransaction, caller: Caller): void {
    const reading = readSdp(transaction.request);
    const sdp = reading.kind === "sdp" ? reading.sdp : undefined;
    const call = createCall(callParts, {
      id: parts.randomId(),
      caller,
      sdp,
      begin: (line) => [
        incomingLine(line, transaction, { party: caller.id, isAgent: caller.kind === "agent", sdp }),
      ],
    });
    calls.set(call.id, call);
    call.a.dispatch({ type: "invited" });
    try {
      desk.incoming(call);
    } catch (error) {
      call.hangUp(ourCause("temporary failure"));
      throw error;
    }
    // The desk knows now who wanted to speak with us.
    if (parts.relay?.up === false && isOutside(caller)) call.hangUp(ourCause("no media"));
  }

  /** Goes on with a talk that was begun before a crash. Parties that are not reached have to come back. */
  function resume(talk: string, flowOf: (road: Road) => Flow): RunningCall {
    const call = createCall(callParts, talkFrom(talk, flowOf));
    calls.set(call.id, call);
    for (const line of call.lines()) if (!line.session.flow.open) missing(call, line);
    return call;
  }

  function within(transaction: ServerTransaction): void {
    const line = lines.get(keyOfRequest(transaction.request));
    if (!line) return void transaction.answer(481);
    back(line);
    const call = callOf(line);
    if (call && line.leg.phase !== "down") relay({ desk, lines, callOf }, call, line, transaction);
    else tooLate(line, transaction);
  }

  /** Their BYE crosses with ours. */
  function tooLate(line: Line, transaction: ServerTransaction): void {
    const known = transaction.request.method === "BYE";
    transaction.answer(known ? 200 : 481);
    if (known) line.dispatch({ type: "bye", cause: causeOfStatus(200) });
  }

  const callOf = (line: Line): RunningCall | undefined => calls.get(line.call);

  /** The caller gives up. A CANCEL of a re-INVITE changes nothing: it is answered in a moment anyway. */
  function cancelled(invite: ServerTransaction, cancel: ReceivedRequest): void {
    const key = dialogKey({
      callId: cancel.callId,
      localTag: invite.toTag,
      remoteTag: tagOf(cancel.from) ?? "",
    });
    const cause = causeOfReason(cancel, causeOfStatus(487));
    lines.get(key)?.dispatch({ type: "cancelled", cause });
  }

  const talking = (): Line[] =>
    [...calls.values()].flatMap((call) => call.lines()).filter((line) => talks(line.leg));

  /** The talk may go on without us: media do not pass here. Who does not come back in time is hung up on. */
  function roadLost(flow: Flow): void {
    for (const call of calls.values())
      for (const line of call.lines())
        if (line.session.flow.id === flow.id && !away.has(line)) missing(call, line);
  }

  function missing(call: RunningCall, line: Line): void {
    if (talks(line.leg))
      away.set(
        line,
        clock.after(grace, () => gone(call, line)),
      );
    // Whom it rings at is told by the INVITE's own transaction.
    else if (line === call.a) call.hangUp(ourCause("out of order"));
  }

  function gone(call: RunningCall, line: Line): void {
    away.delete(line);
    if (talks(line.leg)) call.hangUp(ourCause("out of order"));
  }

  function back(line: Line): void {
    away.get(line)?.();
    away.delete(line);
  }

  /** A device that came by another connection takes its talks along. */
  function bound(change: BindingChange): void {
    if (change.kind === "gone") return;
    for (const line of talking())
      if (line.party === change.binding.user && !line.session.flow.open) follow(line, change.binding);
  }

  function follow(line: Line, { flow }: Binding): void {
    line.session.moveTo(flow);
    back(line);
  }

  return {
    admit,
    request,
    resume,
    cancelled,
    acknowledged: (ack: ReceivedRequest): void => lines.get(keyOfRequest(ack))?.session.acknowledged(ack),
    bound,
    roadLost,
    get size() {
      return calls.size;
    },
    /** Dialogs that are remembered, those included that wait for a last ACK or the answer to a BYE. */
    get dialogs() {
      return lines.size;
    },
  };
}
