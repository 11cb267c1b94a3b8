import type { Flow } from "../flow.ts";
import {
  answer,
  header,
  parseMessage,
  type ReceivedMessage,
  type ReceivedRequest,
  type ReceivedResponse,
  serialise,
} from "../message/index.ts";
import { fakeFlow } from "./fake-flow.ts";
import { type RequestOptions, request } from "./requests.ts";

/** A description of one stream of audio, as phones write it. */
export const audio = (direction = "sendrecv", owner = "phone"): string =>
  [
    "v=0",
    `o=${owner} 1 1 IN IP4 192.0.2.7`,
    "s=-",
    "c=IN IP4 192.0.2.7",
    "t=0 0",
    "m=audio 4000 RTP/AVP 0",
    `a=${direction}`,
    "",
  ].join("\r\n");

const sdp = { name: "content-type", value: "application/sdp" };

export interface PhoneOptions {
  readonly transport?: "UDP" | "TCP" | "WS";
  readonly address?: string;
  readonly number?: string;
}

/** A phone in memory that does what it is told, right or wrong. What it got is in `flow.trace` and `last`. */
export function phone(deliver: (message: ReceivedMessage, flow: Flow) => void, options: PhoneOptions = {}) {
  const { transport = "TCP", address = "192.0.2.7", number = "0901234567" } = options;
  let flow = fakeFlow(transport, address);
  let callId = `call-${number}-${Math.random()}`;
  let local = `<sip:${number}@example.com>;tag=${number}`;
  let remote = "<sip:support@example.com>";
  let cseq = 0;

  const last = (what: string): ReceivedMessage | undefined =>
    flow.sent.findLast((m) => (m.kind === "request" ? m.method : String(m.status)) === what);

  function say(method: string, more: RequestOptions = {}): ReceivedRequest {
    if (method !== "ACK" && method !== "CANCEL") cseq++;
    const typed = more.body && !more.headers?.some((h) => /^content-type/i.test(h));
    const sent = request(method, {
      callId,
      from: local,
      to: remote,
      cseq,
      ...more,
      headers: [
        `Contact: <sip:${number}@phone.invalid;transport=ws>`,
        ...(typed ? ["Content-Type: application/sdp"] : []),
        ...(more.headers ?? []),
      ],
    });
    deliver(sent, flow);
    return sent;
  }

  /** Answers the last request of a kind that it got. */
  function reply(status: number, { to = "INVITE", body = "", headers = [] as string[] } = {}): void {
    const asked = last(to) as ReceivedRequest;
    // A request of a new dialog makes it ours to go on with.
    if (to === "INVITE" && asked.callId !== callId) {
      callId = asked.callId;
      local = `${header(asked, "to")};tag=${number}`;
      remote = header(asked, "from") ?? "";
    }
    const own = headers.map((line) => {
      const colon = line.indexOf(":");
      return { name: line.slice(0, colon).toLowerCase(), value: line.slice(colon + 1).trim() };
    });
    const contact = { name: "contact", value: `<sip:${number}@phone.invalid;transport=ws>` };
    const parts = {
      toTag: number,
      headers: [contact, ...(body ? [sdp] : []), ...own],
      body: Buffer.from(body),
    };
    deliver(parseMessage(serialise(answer(asked, status, parts))), flow);
  }

  return {
    get flow() {
      return flow;
    },
    /** The connection broke; it is on another one now. */
    reconnect(): Flow {
      flow = fakeFlow(transport, address);
      return flow;
    },
    last,
    say,
    reply,
    /** What came of kinds other than 100 since it was asked last. */
    news: (): string[] => flow.trace.splice(0).filter((t) => t !== "100"),
    /** Goes on in the dialog that an answer named. */
    join(status: string): ReceivedResponse {
      const got = last(status) as ReceivedResponse;
      remote = header(got, "to") ?? "";
      return got;
    },
    body: (what: string): string => Buffer.from(last(what)?.body ?? []).toString(),
  };
}

export type Phone = ReturnType<typeof phone>;
