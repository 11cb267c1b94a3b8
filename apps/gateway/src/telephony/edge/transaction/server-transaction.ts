import type { Clock } from "@tongdai/shared";
import type { Flow } from "../flow.ts";
import {
  type AnswerParts,
  answer,
  type ReceivedRequest,
  type SipResponse,
  serialise,
} from "../message/index.ts";
import { type InviteServerState, inviteServer, type ServerEvent } from "./invite-server.ts";
import { type Action, type Machine, runMachine } from "./machine.ts";
import { type RequestServerState, requestServer } from "./request-server.ts";

export interface ServerTransaction {
  readonly request: ReceivedRequest;
  readonly flow: Flow;
  readonly state: InviteServerState | RequestServerState;
  /** The tag that our answers put on To. */
  readonly toTag: string;
  /** @returns what was sent; undefined when a final answer went before (a 2xx may be sent again) */
  answer(status: number, parts?: AnswerParts): SipResponse | undefined;
}

export interface ServerParts {
  readonly clock: Clock;
  readonly request: ReceivedRequest;
  readonly flow: Flow;
  readonly toTag: string;
  readonly tell: (what: "request" | "unacknowledged") => void;
  readonly ended: () => void;
}

export interface RunningServer extends ServerTransaction {
  dispatch(event: ServerEvent): void;
}

export function serverTransaction({ clock, request, flow, toTag, tell, ended }: ServerParts): RunningServer {
  let last: Buffer | undefined;
  const parts = {
    clock,
    reliable: flow.reliable,
    ended,
    perform: (effect: Action) => {
      if (effect.do === "tell") tell("request");
      else if (effect.do === "tell time-out") tell("unacknowledged");
      else if (effect.do === "send trying") last = serialise(answer(request, 100));
      if (effect.do.startsWith("send") && last) flow.send(last);
    },
  };
  const machine: Machine<InviteServerState | RequestServerState, ServerEvent> =
    request.method === "INVITE"
      ? runMachine<InviteServerState, ServerEvent>({ ...parts, initial: "proceeding", step: inviteServer })
      : runMachine<RequestServerState, ServerEvent>({ ...parts, initial: "trying", step: requestServer });
  return {
    request,
    flow,
    toTag,
    get state() {
      return machine.state;
    },
    dispatch: (event) => machine.dispatch(event),
    answer(status, answerParts = {}) {
      const again = machine.state === "accepted" && status >= 200 && status < 300;
      if (machine.state !== "trying" && machine.state !== "proceeding" && !again) return undefined;
      const response = answer(request, status, { toTag, ...answerParts });
      last = serialise(response);
      machine.dispatch(status < 200 ? "answer 1xx" : status < 300 ? "answer 2xx" : "answer failure");
      return response;
    },
  };
}
