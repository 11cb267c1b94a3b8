import { randomUUID } from "node:crypto";
import type { Device } from "./edge/b2bua/index.ts";
import type { Flow } from "./edge/flow.ts";
import {
  type AnswerParts,
  answer,
  composeRequest,
  header,
  inDialog,
  parseMessage,
  type ReceivedMessage,
  type ReceivedRequest,
  serialise,
} from "./edge/message/index.ts";
import type { Endpoint } from "./endpoint/index.ts";

const textOf = (body: Uint8Array): string => Buffer.from(body).toString("utf8");

export interface Station extends Device {
  /** Hangs up on everybody: what played to them is gone. */
  leaveAll(): void;
}

/** Its user, who is nobody's. */
export const STATION = "station";

/**
 * The endpoint as a phone of the exchange's own, that takes every call: SIP on a road that leads nowhere but here. Calls are put through
 * to it and taken away from it as from anybody.
 */
export function createStation(o: {
  endpoint: Endpoint;
  deliver: (message: ReceivedMessage, flow: Flow) => void;
  report: (error: unknown) => void;
}): Station {
  /** INVITEs without an answer, and those that were taken, by their Call-ID. */
  const asked = new Map<string, ReceivedRequest>();
  const taken = new Map<string, ReceivedRequest>();

  const flow: Flow = {
    id: STATION,
    transport: "WS",
    reliable: true,
    remote: { address: "127.0.0.1", port: 0 },
    sentBy: "station.invalid",
    open: true,
    send(bytes) {
      // It answers when whoever sends has done with it.
      queueMicrotask(() => take(bytes));
      return true;
    },
    close() {},
  };
  const contact = { name: "contact", value: "<sip:station@station.invalid;transport=ws>" };

  function reply(request: ReceivedRequest, status: number, parts: AnswerParts = {}): void {
    const bytes = serialise(answer(request, status, { toTag: STATION, ...parts }));
    o.deliver(parseMessage(bytes), flow);
  }

  function take(bytes: Uint8Array): void {
    try {
      const message = parseMessage(bytes);
      if (message.kind === "request") serve(message);
    } catch (error) {
      o.report(error);
    }
  }

  function serve(request: ReceivedRequest): void {
    const { method, callId } = request;
    if (method === "ACK") acknowledged(request);
    else if (method === "INVITE" && !inDialog(request)) void begin(request);
    // A waiting caller who would change his media keeps them.
    else if (method === "INVITE") reply(request, 488);
    else {
      reply(request, 200);
      if (method === "CANCEL" || method === "BYE") end(callId);
    }
  }

  async function begin(invite: ReceivedRequest): Promise<void> {
    const { callId, body } = invite;
    asked.set(callId, invite);
    const described = body.length > 0 ? o.endpoint.answer(callId, textOf(body)) : o.endpoint.offer(callId);
    const sdp = await described.catch((error: unknown) => {
      o.report(error);
      return undefined;
    });
    if (!asked.delete(callId)) return;
    if (sdp !== undefined) taken.set(callId, invite);
    const headers = [contact, { name: "content-type", value: "application/sdp" }];
    reply(
      invite,
      sdp === undefined ? 503 : 200,
      sdp === undefined ? {} : { headers, body: Buffer.from(sdp) },
    );
  }

  /** The answer, where the offer was ours. */
  function acknowledged({ callId, body }: ReceivedRequest): void {
    if (body.length > 0) o.endpoint.accept(callId, textOf(body));
  }

  function end(callId: string): void {
    const invite = asked.get(callId);
    asked.delete(callId);
    taken.delete(callId);
    if (invite) reply(invite, 487);
    o.endpoint.close(callId);
  }

  /** Its side of a call is over. */
  function leave({ callId, headers }: ReceivedRequest): void {
    const bye = composeRequest({
      method: "BYE",
      uri: "sip:edge@station.invalid",
      headers: [
        { name: "via", value: `SIP/2.0/WS station.invalid;branch=z9hG4bK${randomUUID()}` },
        { name: "max-forwards", value: "70" },
        { name: "from", value: `${header({ headers }, "to")};tag=${STATION}` },
        { name: "to", value: header({ headers }, "from") ?? "" },
        { name: "call-id", value: callId },
        { name: "cseq", value: "1 BYE" },
      ],
    });
    o.deliver(parseMessage(serialise(bye)), flow);
  }

  return {
    leaveAll() {
      const all = [...taken.values()];
      taken.clear();
      for (const invite of all) leave(invite);
    },
    user: STATION,
    uri: "sip:station@station.invalid;transport=ws",
    flow,
  };
}
