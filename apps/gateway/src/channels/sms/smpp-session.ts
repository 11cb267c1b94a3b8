import { connect as connectTcp, type Socket } from "node:net";
import { connect as connectTls } from "node:tls";
import smpp, { type Pdu } from "smpp";
import type { SmppConfig } from "./config.ts";

/** A connection to an SMSC, PDU by PDU. What cannot be read of one PDU costs that one and not the connection. */
export interface Session {
  /** False where the line is gone and nothing was written. */
  send(pdu: Pdu, onAnswer?: (answer: Answer) => void): boolean;
  close(): void;
  destroy(): void;
}

/** An answer whose body cannot be read is one all the same: its status stands in the header. */
export type Answer = { readonly command_status: number; readonly message_id?: unknown };

export interface SessionEvents {
  onConnect(): void;
  /** Requests of the other end. */
  onRequest(pdu: Pdu, octets: Buffer): void;
  /** One whose fields nobody can read. @param reply answers it with a status */
  onUnreadable(octets: Buffer, reply: (status: number) => void): void;
  /** Called once; after it nothing else is. */
  onEnd(why: Error): void;
}

const HEADER = 16;
const LONGEST = 16_384;
const RESPONSE = 0x8000_0000;

/** Begins to connect. Source: SMPP 3.4, 3.2 "SMPP PDU format". */
export function openSession({ host, port, tls }: SmppConfig, events: SessionEvents): Session {
  const socket: Socket = tls
    ? connectTls({ host, port, servername: host })
    : connectTcp({ host, port, noDelay: true });
  const answers = new Map<number, (answer: Answer) => void>();
  let data: Buffer = Buffer.alloc(0);
  let sequence = 0;
  let over = false;
  const end = (why: Error): void => {
    if (over) return;
    over = true;
    socket.destroy();
    events.onEnd(why);
  };

  const take = (octets: Buffer): void => {
    const command = octets.readUInt32BE(4);
    const status = octets.readUInt32BE(8);
    const number = octets.readUInt32BE(12);
    const pdu = decode(octets);
    if (command >= RESPONSE) {
      answers.get(number)?.(pdu ?? { command_status: status });
      answers.delete(number);
    } else if (pdu) events.onRequest(pdu, octets);
    else
      events.onUnreadable(octets, (answer) => {
        if (socket.writable) socket.write(bare(command + RESPONSE, answer, number));
      });
  };

  const hear = (chunk: Buffer): void => {
    data = data.length === 0 ? chunk : Buffer.concat([data, chunk]);
    while (!over && data.length >= HEADER) {
      const length = data.readUInt32BE(0);
      if (length < HEADER || length > LONGEST) {
        end(new Error(`a PDU of ${length} octets came`));
        return;
      }
      if (data.length < length) return;
      const octets = data.subarray(0, length);
      data = data.subarray(length);
      take(octets);
    }
  };

  socket.once(tls ? "secureConnect" : "connect", () => events.onConnect());
  socket.on("data", hear);
  socket.on("error", end);
  socket.on("close", () => end(new Error("the line was closed")));
  // It keeps no process alive: what is owed is in the store.
  socket.unref();

  return {
    send(pdu, onAnswer) {
      if (over || !socket.writable) return false;
      if (!pdu.isResponse()) {
        sequence = (sequence % 0x7fff_ffff) + 1;
        pdu.sequence_number = sequence;
        if (onAnswer) answers.set(sequence, onAnswer);
      }
      socket.write(pdu.toBuffer());
      return true;
    },
    close: () => void socket.end(),
    destroy: () => void socket.destroy(),
  };
}

/** `null`: its fields are not those of its kind. */
function decode(octets: Buffer): Pdu | null {
  try {
    return new smpp.PDU(octets);
  } catch {
    return null;
  }
}

/** A PDU that is nothing but its header. */
function bare(command: number, status: number, sequence: number): Buffer {
  const octets = Buffer.alloc(HEADER);
  for (const [i, value] of [HEADER, command, status, sequence].entries()) octets.writeUInt32BE(value, i * 4);
  return octets;
}
