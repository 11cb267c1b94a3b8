import { createSocket } from "node:dgram";
import { once } from "node:events";
import type { AddressInfo } from "node:net";

interface Heard {
  /** Status of an answer, method of a request. */
  readonly what: string;
  readonly text: string;
  header(name: string): string;
}

/** A carrier's side of calls over UDP, written out by hand: it shares nothing with what it tries. */
export interface Trunk {
  /** Its own. */
  readonly port: number;
  /** Answers the call that came last. @param status 180 rings, 200 takes it, 300 and above refuse */
  answer(status: number): Promise<void>;
  /** Begins a call. */
  invite(called: string, number: string): void;
  /** Acknowledges the answer; resolves once that was read. */
  ack(): Promise<void>;
  cancel(): void;
  bye(): void;
  /** The first answer or request of this kind, heard already or to come. @param to of an answer: what it answers */
  hear(what: string, to?: string): Promise<Heard>;
  close(): void;
}

const sdpOf = (audio: number): string =>
  [
    "v=0",
    "o=carrier 1 1 IN IP4 127.0.0.1",
    "s=-",
    "c=IN IP4 127.0.0.1",
    "t=0 0",
    `m=audio ${audio} RTP/AVP 0`,
    "a=sendrecv",
    "",
  ].join("\r\n");

/** Somebody calls: answered when the test says so. What belongs to a call that is there is agreed to. */
const isNew = (message: Heard): boolean => message.what === "INVITE" && !/;tag=/.test(message.header("To"));

/** @param port where the edge takes SIP on this machine. @param audio the port of its sound */
export async function trunkTo(port: number, audio = 4_000): Promise<Trunk> {
  const socket = createSocket("udp4");
  socket.bind(0, "127.0.0.1");
  await once(socket, "listening");
  const { port: own } = socket.address() as AddressInfo;
  const heard: Heard[] = [];
  const waiting = new Set<() => void>();
  const callId = `trunk-${own}`;
  let target = "";
  let from = "";
  let to = "";

  socket.on("message", (bytes) => {
    const message = read(bytes.toString());
    heard.push(message);
    if (message.what === "200" && message.header("CSeq").endsWith("INVITE")) to = message.header("To");
    if (/^[A-Z]+$/.test(message.what) && message.what !== "ACK" && !isNew(message)) agree(message);
    for (const look of waiting) look();
  });

  const copied = ({ text }: Heard): string[] =>
    text.split("\r\n").filter((line) => /^(Via|From|To|Call-ID|CSeq):/i.test(line));

  function respond(status: number, lines: readonly string[], body: string): void {
    const typed = body ? [contact, "Content-Type: application/sdp"] : [contact];
    send([`SIP/2.0 ${status} So`, ...lines, ...typed, `Content-Length: ${body.length}`, "", body]);
  }
  const agree = (request: Heard): void =>
    respond(200, copied(request), request.what === "INVITE" ? sdpOf(audio) : "");
  const contact = `Contact: <sip:carrier@127.0.0.1:${own}>`;
  const send = (lines: readonly string[]): void => socket.send(lines.join("\r\n"), port, "127.0.0.1");

  /** @param branch of the INVITE: whoever cancels names it, an ACK of a 200 has one of its own */
  function say(method: string, branch: string, cseq: number, body = ""): void {
    send([
      `${method} ${target} SIP/2.0`,
      `Via: SIP/2.0/UDP 127.0.0.1:${own};branch=z9hG4bK${branch}`,
      "Max-Forwards: 70",
      `From: ${from}`,
      `To: ${to}`,
      `Call-ID: ${callId}`,
      `CSeq: ${cseq} ${method}`,
      contact,
      ...(body ? ["Content-Type: application/sdp"] : []),
      `Content-Length: ${Buffer.byteLength(body)}`,
      "",
      body,
    ]);
  }

  async function hear(what: string, to = ""): Promise<Heard> {
    for (;;) {
      const found = heard.find((m) => m.what === what && m.header("CSeq").endsWith(to));
      if (found) return found;
      await new Promise<void>((resolve) => {
        const look = (): void => {
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
      });
    }
  }

  return {
    port: own,
    async answer(status) {
      const lines = copied(await hear("INVITE")).map((line) =>
        /^To:/i.test(line) ? `${line};tag=theirs` : line,
      );
      respond(status, lines, status === 200 ? sdpOf(audio) : "");
    },
    invite(called, number) {
      target = `sip:${called}@127.0.0.1`;
      from = `<sip:${number}@carrier.example>;tag=carrier`;
      to = `<${target}>`;
      say("INVITE", "call", 1, sdpOf(audio));
    },
    async ack() {
      say("ACK", "ack", 1);
      // Datagrams between two sockets of one machine keep their order.
      say("OPTIONS", "ask", 2);
      await hear("200", "OPTIONS");
    },
    cancel: () => say("CANCEL", "call", 1),
    bye: () => say("BYE", "bye", 3),
    hear,
    close: () => void socket.close(),
  };
}

function read(text: string): Heard {
  const [start = ""] = text.split("\r\n");
  const what = start.startsWith("SIP/2.0 ") ? start.slice(8, 11) : (start.split(" ")[0] ?? "");
  return {
    what,
    text,
    header: (name) => new RegExp(`^${name}:\\s*(.*)$`, "im").exec(text)?.[1]?.trim() ?? "",
  };
}
