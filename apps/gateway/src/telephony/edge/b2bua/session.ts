import type { Clock } from "@tongdai/shared";
import { arrive, type Dialog, refreshTarget, requestIn } from "../dialog/index.ts";
import type { Flow } from "../flow.ts";
import type { Header, ReceivedRequest, ReceivedResponse, SipRequest } from "../message/index.ts";
import {
  type ClientTransaction,
  type ClientUser,
  type Repetition,
  repeatSuccess,
  type ServerTransaction,
} from "../transaction/index.ts";
import { contactOf, media } from "./compose.ts";

/** What messages go out by. */
export interface Wire {
  readonly clock: Clock;
  readonly send: (request: SipRequest, flow: Flow, user: ClientUser) => ClientTransaction;
  readonly acknowledge: (ack: SipRequest, flow: Flow) => () => void;
}

/** The final answer to a request of ours: a status (408 or 503 when none came), and the answer when there was one. */
export interface Outcome {
  readonly status: number;
  readonly response?: ReceivedResponse;
}

export interface Success {
  readonly headers: readonly Header[];
  readonly body: Uint8Array | undefined;
  readonly acknowledged: (ack: ReceivedRequest) => void;
  readonly giveUp: () => void;
}

/** One dialog on its road: requests in order, ACK for each copy of a 2xx, 2xx until their ACK. Knows nothing of calls. */
export function createSession({ clock, send, acknowledge }: Wire, begin: Flow) {
  let flow = begin;
  let dialog: Dialog | undefined;
  /** Sends the last ACK again. */
  let lastAck: { readonly cseq: number; readonly again: () => void } | undefined;
  /** Our 2xx without ACK, by the number of their INVITE. */
  const open = new Map<number, { repetition: Repetition; acknowledged: Success["acknowledged"] }>();

  function next(method: string, headers: readonly Header[], body?: Uint8Array): SipRequest | undefined {
    if (!dialog) return undefined;
    const step = requestIn(dialog, { method, headers, ...(body ? { body } : {}) });
    dialog = step.dialog;
    return step.request;
  }

  function ack(cseq: number, body?: Uint8Array): void {
    if (!dialog) return;
    const parts = body ? { headers: media, body } : {};
    const again = acknowledge(requestIn(dialog, { method: "ACK", cseq, ...parts }).request, flow);
    lastAck = { cseq, again };
  }

  function ask(request: SipRequest | undefined, done: (outcome: Outcome) => void): void {
    let settled = false;
    const settle = (outcome: Outcome): void => {
      settled = true;
      done(outcome);
    };
    const answered = (response: ReceivedResponse): void => {
      if (settled) repeatAck(response);
      else if (response.status >= 200) {
        if (dialog && response.status < 300) dialog = refreshTarget(dialog, response);
        settle({ status: response.status, response });
      }
    };
    // Without a dialog there is nobody to ask.
    if (!request) settle({ status: 481 });
    else
      send(request, flow, {
        answered,
        failed: (why) => settle({ status: why === "time-out" ? 408 : 503 }),
      });
  }

  function repeatAck({ cseq }: ReceivedResponse): void {
    if (cseq.method === "INVITE" && lastAck?.cseq === cseq.number) lastAck.again();
  }

  return {
    get dialog() {
      return dialog;
    },
    get flow() {
      return flow;
    },
    establish(made: Dialog): void {
      dialog = made;
    },
    /** The party is on another connection now. */
    moveTo(other: Flow): void {
      flow = other;
    },
    /** Takes a request of theirs in its order. @returns false when a later one was here before */
    take(request: ReceivedRequest, by: Flow): boolean {
      const arrival = dialog ? arrive(dialog, request) : undefined;
      if (arrival?.kind !== "next") return false;
      const moves = request.method === "INVITE" || request.method === "UPDATE";
      dialog = moves ? refreshTarget(arrival.dialog, request) : arrival.dialog;
      flow = by;
      return true;
    },
    ack,
    repeatAck,
    /** Any request but INVITE and ACK. */
    ask: (method: string, headers: readonly Header[], done: (o: Outcome) => void, body?: Uint8Array): void =>
      ask(next(method, headers, body), done),
    /** INVITE in the dialog: a 2xx wants `acknowledge`, with a body when the INVITE had none. */
    askInvite(
      body: Uint8Array | undefined,
      done: (o: Outcome, acknowledge: (body?: Uint8Array) => void) => void,
    ): void {
      const request = next("INVITE", [contactOf(flow), ...(body ? media : [])], body);
      const cseq = dialog?.localCSeq ?? 0;
      ask(request, (outcome) => done(outcome, (answer) => ack(cseq, answer)));
    },
    /** Answers an INVITE of theirs with 200 until its ACK is there. */
    succeed(invite: ServerTransaction, { headers, body, acknowledged, giveUp }: Success): void {
      const cseq = invite.request.cseq.number;
      const repetition = repeatSuccess(clock, invite, {
        headers: [contactOf(flow), ...headers, ...(body ? media : [])],
        ...(body ? { body } : {}),
        giveUp: () => {
          open.delete(cseq);
          giveUp();
        },
      });
      open.set(cseq, { repetition, acknowledged });
    },
    acknowledged(request: ReceivedRequest): void {
      const waiting = open.get(request.cseq.number);
      open.delete(request.cseq.number);
      waiting?.repetition.acknowledged();
      waiting?.acknowledged(request);
    },
    /** Nothing is repeated any more. */
    stop(): void {
      for (const { repetition } of open.values()) repetition.acknowledged();
      open.clear();
    },
  };
}

export type Session = ReturnType<typeof createSession>;
