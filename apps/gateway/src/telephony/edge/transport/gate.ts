import type { Flow } from "../flow.ts";
import {
  answer,
  formatVia,
  parseMessage,
  type ReceivedMessage,
  type ReceivedRequest,
  SipError,
  serialise,
  withFirst,
} from "../message/index.ts";
import type { Bans } from "./bans.ts";

/** Who gets what the roads bring. */
export interface Receiver {
  message(message: ReceivedMessage, flow: Flow): void;
  /** A connection is gone. */
  closed(flow: Flow): void;
}

export interface GateCounts {
  received: number;
  malformed: number;
  /** Octets of addresses that are shut out, dropped unread. */
  shutOut: number;
}

export interface GateParts {
  readonly receiver: Receiver;
  readonly bans: Bans;
  /** A bug of ours that a message brought to light: it is noted, and the next message is taken. */
  readonly report: (error: unknown) => void;
}

/** The one place through which octets become messages: bans, the parser, answers to garbage, and where it came from. */
export function createGate({ receiver, bans, report }: GateParts) {
  const counts: GateCounts = { received: 0, malformed: 0, shutOut: 0 };
  return {
    counts,
    bans,
    closed: (flow: Flow): void => receiver.closed(flow),
    /** @param replyFlow where answers to a request go, when that is not where it came from */
    receive(bytes: Uint8Array, flow: Flow, replyFlow?: (request: ReceivedRequest) => Flow): void {
      if (bans.banned(flow.remote.address)) {
        counts.shutOut++;
        flow.close();
        return;
      }
      counts.received++;
      try {
        const message = parseMessage(bytes);
        if (message.kind === "response") receiver.message(message, flow);
        else receiver.message(withSource(message, flow), replyFlow?.(message) ?? flow);
      } catch (error) {
        if (!(error instanceof SipError)) {
          report(error);
          return;
        }
        counts.malformed++;
        bans.strike(flow.remote.address);
        refuse(error, flow);
      }
    },
  };
}

export type Gate = ReturnType<typeof createGate>;

const needed = ["via", "from", "to", "call-id", "cseq"];

/** An answer needs the fields that it copies; a request without them, or an ACK, gets none (RFC 3261 8.1.3.5 and 17). */
export function refuse(error: SipError, flow: Flow): void {
  const { request, status } = error;
  if (!request || request.method === "ACK") return;
  if (needed.some((name) => !request.headers.some((h) => h.name === name && h.value !== ""))) return;
  flow.send(serialise(answer(request, status, { reason: error.message, toTag: "0" })));
}

/** Notes the sender's real address in the top Via (RFC 3261 18.2.1, RFC 3581 4). */
export function withSource(request: ReceivedRequest, { remote }: Flow): ReceivedRequest {
  const { via } = request;
  const asked = via.params.has("rport");
  if (!asked && via.host === bracketed(remote.address)) return request;
  const params = new Map(via.params);
  if (asked) params.set("rport", String(remote.port));
  params.set("received", remote.address);
  const known = { ...via, params };
  const at = request.headers.findIndex((h) => h.name === "via");
  const rest = request.headers.toSpliced(at, 1);
  return { ...withFirst({ ...request, headers: rest }, "via", formatVia(known)), via: known };
}

/** An IPv6 address as Via's host has it. */
export const bracketed = (address: string): string => (address.includes(":") ? `[${address}]` : address);
