import { once } from "node:events";
import { createServer, type Server, type Socket } from "node:net";
import { createServer as createTlsServer, type SecureContextOptions } from "node:tls";
import type { Clock } from "@tongdai/shared";
import type { Flow } from "../flow.ts";
import { SipError } from "../message/index.ts";
import { createDoor, type Door, type DoorLimits } from "./door.ts";
import { createFramer } from "./framer.ts";
import { bracketed, type Gate } from "./gate.ts";

export interface StreamOptions extends DoorLimits {
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** Certificate and key: TLS instead of TCP. */
  readonly tls?: Pick<SecureContextOptions, "cert" | "key">;
  readonly clock: Clock;
}

export interface StreamListener {
  readonly port: number;
  readonly connections: number;
  close(): Promise<void>;
}

/** Milliseconds in which a begun message must be whole. */
const slowest = 10_000;
/** Milliseconds after which a silent connection is closed; clients ping every 30 s or so (RFC 5626 4.4.1). */
const idle = 180_000;
/** Octets that a peer may leave unread. */
const unread = 1 << 20;

const pong = Buffer.from("\r\n");

/** Listens for SIP over TCP, or TLS when certificates are given. */
export async function listenStream(options: StreamOptions, gate: Gate): Promise<StreamListener> {
  const door = createDoor(options, gate.bans);
  let count = 0;
  let sentBy = "";
  const transport = options.tls ? "TLS" : "TCP";
  const accept = (socket: Socket): void => {
    const address = socket.remoteAddress ?? "";
    const leave = door.enter(address, () => socket.destroy());
    if (!leave) {
      socket.destroy();
      return;
    }
    const id = `${transport.toLowerCase()}:${++count}`;
    serve({ socket, flow: streamFlow({ socket, id, transport, sentBy }), gate, clock: options.clock, leave });
  };
  const server: Server = options.tls
    ? createTlsServer({ ...options.tls, handshakeTimeout: slowest }, accept)
    : createServer(accept);
  server.on("tlsClientError", (_error: Error, socket: Socket) => socket.destroy());
  server.on("error", () => {});
  server.listen(options.port, options.host);
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  sentBy = `${bracketed(options.host)}:${port}`;
  return {
    port,
    get connections() {
      return door.inside;
    },
    close: () => close(server, door),
  };
}

async function close(server: Server, door: Door): Promise<void> {
  if (!server.listening) return;
  const closed = once(server, "close");
  server.close();
  door.clear();
  await closed;
}

interface FlowParts {
  readonly socket: Socket;
  readonly id: string;
  readonly transport: "TCP" | "TLS";
  readonly sentBy: string;
}

function streamFlow({ socket, id, transport, sentBy }: FlowParts): Flow {
  return {
    id,
    transport,
    reliable: true,
    remote: { address: socket.remoteAddress ?? "", port: socket.remotePort ?? 0 },
    sentBy,
    get open() {
      return socket.writable;
    },
    send(bytes) {
      if (!socket.writable) return false;
      socket.write(bytes);
      if (socket.writableLength > unread) socket.destroy();
      return true;
    },
    close: () => socket.destroy(),
  };
}

interface Served {
  readonly socket: Socket;
  readonly flow: Flow;
  readonly gate: Gate;
  readonly clock: Clock;
  readonly leave: () => void;
}

function serve({ socket, flow, gate, clock, leave }: Served): void {
  const framer = createFramer();
  let undo = clock.after(idle, () => socket.destroy());
  let begun = false;
  socket.setNoDelay(true);
  socket.on("error", () => {});
  socket.on("data", (chunk: Buffer) => {
    try {
      for (const frame of framer.frames(chunk))
        if (frame.kind === "message") gate.receive(frame.bytes, flow);
        else flow.send(pong);
    } catch (error) {
      if (!(error instanceof SipError)) throw error;
      gate.bans.strike(flow.remote.address);
      socket.destroy();
    }
    // The wait for a begun message is not renewed by more octets of it.
    if (framer.partial && begun) return;
    begun = framer.partial;
    undo();
    undo = clock.after(begun ? slowest : idle, () => socket.destroy());
  });
  socket.on("close", () => {
    undo();
    leave();
    gate.closed(flow);
  });
}
