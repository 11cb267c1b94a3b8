import type { Clock } from "@tongdai/shared";
import type { Flow } from "../flow.ts";
import {
  composeRequest,
  header,
  headerValues,
  type ReceivedResponse,
  type SipRequest,
  serialise,
} from "../message/index.ts";
import { type ClientEvent, type InviteClientState, inviteClient } from "./invite-client.ts";
import { type Action, runMachine } from "./machine.ts";
import { type RequestClientState, requestClient } from "./request-client.ts";
import { patience } from "./timers.ts";

export interface ClientUser {
  /** Every provisional answer, the final one, and each copy of a 2xx to INVITE (which wants its ACK again). */
  answered(response: ReceivedResponse): void;
  /** No answer came, or the connection is gone: as if 408 or 503 had come (RFC 3261 8.1.3.1). */
  failed(why: "time-out" | "road lost"): void;
}

export interface ClientTransaction {
  /** As it went out, with our Via. */
  readonly request: SipRequest;
  readonly state: InviteClientState | RequestClientState;
  /** Gives an INVITE up: CANCEL goes out once a provisional answer is there (RFC 3261 9.1). */
  cancel(reason?: string): void;
}

export interface ClientParts {
  readonly clock: Clock;
  readonly request: SipRequest;
  readonly flow: Flow;
  readonly user: ClientUser;
  /** Sends the CANCEL of this request in a transaction of its own. */
  readonly sendCancel: (cancel: SipRequest) => void;
  readonly ended: () => void;
}

export interface RunningClient extends ClientTransaction {
  dispatch(event: ClientEvent): void;
  receive(response: ReceivedResponse): void;
}

export function clientTransaction(parts: ClientParts): RunningClient {
  const { clock, request, flow, user, ended } = parts;
  const bytes = serialise(request);
  let response: ReceivedResponse | undefined;
  let cancelling: "no" | "wanted" | "sent" = "no";
  let why: string | undefined;

  const perform = (effect: Action): void => {
    if (effect.do === "send") post(bytes);
    else if (effect.do === "acknowledge" && response) post(serialise(acknowledge(request, response)));
    else if (effect.do === "tell" && response) user.answered(response);
    else if (effect.do === "tell time-out") user.failed("time-out");
    else if (effect.do === "tell road lost") user.failed("road lost");
  };
  // The news comes later, so that nobody is told of a request before he has it in hand.
  const post = (octets: Buffer): void => {
    if (!flow.send(octets)) clock.after(0, () => machine.dispatch("road lost"));
  };
  const common = { clock, reliable: flow.reliable, perform, ended };
  const machine =
    request.method === "INVITE"
      ? runMachine<InviteClientState, ClientEvent>({ ...common, initial: "calling", step: inviteClient })
      : runMachine<RequestClientState, ClientEvent>({ ...common, initial: "trying", step: requestClient });

  const cancelNow = (): void => {
    if (cancelling !== "wanted" || machine.state !== "proceeding") return;
    cancelling = "sent";
    parts.sendCancel(cancelOf(request, why));
    machine.start("D", patience);
  };
  return {
    request,
    get state() {
      return machine.state;
    },
    dispatch: (event) => machine.dispatch(event),
    receive(received) {
      response = received;
      const { status } = received;
      machine.dispatch(status < 200 ? "1xx" : status < 300 ? "2xx" : "failure");
      cancelNow();
    },
    cancel(reason) {
      if (request.method !== "INVITE" || cancelling !== "no") return;
      cancelling = "wanted";
      why = reason;
      cancelNow();
    },
  };
}

/** The ACK of a refusal: a part of the INVITE's own transaction (RFC 3261 17.1.1.3). */
function acknowledge(invite: SipRequest, response: ReceivedResponse): SipRequest {
  return sameBranch(invite, "ACK", header(response, "to") ?? "");
}

function cancelOf(invite: SipRequest, reason: string | undefined): SipRequest {
  const cancel = sameBranch(invite, "CANCEL", header(invite, "to") ?? "");
  return reason === undefined
    ? cancel
    : { ...cancel, headers: [...cancel.headers, { name: "reason", value: reason }] };
}

function sameBranch(invite: SipRequest, method: string, to: string): SipRequest {
  const one = (name: string) => ({ name, value: header(invite, name) ?? "" });
  return composeRequest({
    method,
    uri: invite.uri,
    headers: [
      one("via"),
      ...headerValues(invite, "route").map((value) => ({ name: "route", value })),
      { name: "max-forwards", value: "70" },
      one("from"),
      { name: "to", value: to },
      one("call-id"),
      { name: "cseq", value: `${Number.parseInt(header(invite, "cseq") ?? "", 10)} ${method}` },
    ],
  });
}
