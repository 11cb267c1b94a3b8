/** The package brings no types: what we use of it, by its source (0.5.1). */
declare module "smpp" {
  import type { EventEmitter } from "node:events";
  import type { Server, Socket } from "node:net";

  export interface ShortMessage {
    /** As received: decoded by its coding, or the octets where that is not known. */
    readonly message: string | Buffer;
    /** As received one element each; as sent all of them with their length before them. */
    readonly udh?: Buffer | readonly Buffer[];
  }

  export interface Pdu {
    readonly command: string;
    readonly command_status: number;
    sequence_number: number;
    /** Fields and TLVs by their names in the specification. */
    readonly [field: string]: unknown;
    isResponse(): boolean;
    toBuffer(): Buffer;
    response(fields?: Readonly<Record<string, unknown>>): Pdu;
  }

  /** A line as its server has it. */
  export interface ServerSession extends EventEmitter {
    readonly socket: Socket;
    /** False where the line is gone and nothing was written. */
    send(pdu: Pdu, onResponse?: (pdu: Pdu) => void): boolean;
    close(): void;
    destroy(): void;
  }

  /** Throws for octets that are no PDU of their kind. */
  type Constructor = new (command: string | Buffer, fields?: Readonly<Record<string, unknown>>) => Pdu;

  const smpp: {
    readonly PDU: Constructor;
    createServer(onSession: (session: ServerSession) => void): Server;
  };
  export default smpp;
}
