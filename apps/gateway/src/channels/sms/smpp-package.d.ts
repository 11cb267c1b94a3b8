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
    readonly sequence_number: number;
    /** Fields and TLVs by their names in the specification. */
    readonly [field: string]: unknown;
    isResponse(): boolean;
    response(fields?: Readonly<Record<string, unknown>>): Pdu;
  }

  export interface Session extends EventEmitter {
    readonly socket: Socket;
    /** False where the line is gone and nothing was written. */
    send(pdu: Pdu, onResponse?: (pdu: Pdu) => void): boolean;
    close(): void;
    destroy(): void;
  }

  type Constructor = new (command: string, fields?: Readonly<Record<string, unknown>>) => Pdu;
  export interface ConnectOptions {
    readonly host: string;
    readonly port: number;
    readonly tls: boolean;
    /** Checked against the certificate. */
    readonly servername?: string;
  }

  const smpp: {
    readonly PDU: Constructor;
    connect(options: ConnectOptions): Session;
    createServer(onSession: (session: Session) => void): Server;
  };
  export default smpp;
}
