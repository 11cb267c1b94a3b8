import {
  answer,
  parseMessage,
  type ReceivedRequest,
  type ReceivedResponse,
  type SipMessage,
  serialise,
} from "../message/index.ts";

export interface RequestOptions {
  readonly branch?: string;
  readonly cseq?: number;
  readonly callId?: string;
  readonly to?: string;
  readonly from?: string;
  readonly uri?: string;
  readonly via?: string;
  readonly headers?: readonly string[];
  readonly body?: string;
}

let count = 0;

/** A request as a phone would send it, read by our parser. */
export function request(method: string, options: RequestOptions = {}): ReceivedRequest {
  const message = parseMessage(Buffer.from(requestText(method, options)));
  if (message.kind !== "request") throw new Error("not a request");
  return message;
}

export function requestText(method: string, options: RequestOptions = {}): string {
  const { branch = `z9hG4bK-${++count}`, cseq = 1, callId = `call-${++count}`, body = "" } = options;
  const { to = "<sip:support@example.com>", from = "<sip:alice@example.com>;tag=a1" } = options;
  const { uri = "sip:support@example.com", via = "SIP/2.0/UDP 192.0.2.7:5060", headers = [] } = options;
  const head = [
    `${method} ${uri} SIP/2.0`,
    `Via: ${via};branch=${branch};rport`,
    "Max-Forwards: 70",
    `From: ${from}`,
    `To: ${to}`,
    `Call-ID: ${callId}`,
    `CSeq: ${cseq} ${method}`,
    ...headers,
    `Content-Length: ${Buffer.byteLength(body)}`,
  ];
  return `${head.join("\r\n")}\r\n\r\n${body}`;
}

/** The answer that a peer would give to what we sent. */
export function response(
  to: SipMessage,
  status: number,
  ...headers: { name: string; value: string }[]
): ReceivedResponse {
  const sent = parseMessage(serialise(to));
  const message = parseMessage(serialise(answer(sent as ReceivedRequest, status, { toTag: "b1", headers })));
  if (message.kind !== "response") throw new Error("not a response");
  return message;
}
