import { isUtf8 } from "node:buffer";
import type { IncomingMessage, Server } from "node:http";
import type { Duplex } from "node:stream";
import type { Clock } from "@tongdai/shared";
import { type WebSocket, WebSocketServer } from "ws";
import type { Flow } from "../flow.ts";
import { limits } from "../message/index.ts";
import { createDoor, type DoorLimits } from "./door.ts";
import type { Gate } from "./gate.ts";

export interface WebSocketOptions extends DoorLimits {
  /** An HTTP or HTTPS server that others may use too: only upgrades of `path` are ours. */
  readonly server: Server;
  readonly path: string;
  readonly secure: boolean;
  /** Browsers always send Origin; who sends none is not a browser and is not let in. */
  readonly allowOrigin: (origin: string, request: IncomingMessage) => boolean;
  /** Who is at the other end, where a proxy stands between; absent: whom the socket names. */
  readonly addressOf?: (request: IncomingMessage) => string;
  /** What stands in our Via. */
  readonly sentBy: string;
  readonly clock: Clock;
}

export interface WebSocketListener {
  readonly connections: number;
  close(): void;
}

/** Milliseconds between pings; a peer that has not answered one by the next is gone. */
const beat = 15_000;
/** Octets that a peer may leave unread. */
const unread = 1 << 20;

const ping = Buffer.from("\r\n\r\n");

/** SIP over WebSocket (RFC 7118), one message per frame. */
export function listenWebSocket(options: WebSocketOptions, gate: Gate): WebSocketListener {
  const door = createDoor(options, gate.bans);
  const accept = new WebSocketServer({
    noServer: true,
    maxPayload: limits.message,
    perMessageDeflate: false,
    handleProtocols: () => "sip",
  });
  const addressOf = options.addressOf ?? (({ socket }: IncomingMessage) => socket.remoteAddress ?? "");
  let count = 0;

  const upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    if (pathOf(request) !== options.path) return;
    const fault = refusal(request, options);
    const address = addressOf(request);
    const leave = fault ? undefined : door.enter(address, () => socket.destroy());
    if (!leave) {
      reject(socket, fault ?? "503 Service Unavailable");
      return;
    }
    // The handshake may still fail, so the place is given back with the socket, not with the WebSocket.
    socket.once("close", leave);
    accept.handleUpgrade(request, socket, head, (ws) => {
      const remote = { address, port: request.socket.remotePort ?? 0 };
      const flow = webSocketFlow({ ws, id: `ws:${++count}`, remote, options });
      serve({ ws, flow, gate, clock: options.clock });
    });
  };
  options.server.on("upgrade", upgrade);
  return {
    get connections() {
      return door.inside;
    },
    close() {
      options.server.off("upgrade", upgrade);
      door.clear();
      accept.close();
    },
  };
}

const pathOf = (request: IncomingMessage): string => (request.url ?? "").split("?", 1)[0] ?? "";

/** RFC 7118 4: the subprotocol is `sip`, on both sides. */
function refusal(request: IncomingMessage, { allowOrigin }: WebSocketOptions): string | undefined {
  const { headers } = request;
  const protocols = (headers["sec-websocket-protocol"] ?? "").split(",").map((p) => p.trim().toLowerCase());
  if (!protocols.includes("sip")) return "400 Bad Request";
  return headers.origin !== undefined && allowOrigin(headers.origin, request) ? undefined : "403 Forbidden";
}

function reject(socket: Duplex, status: string): void {
  socket.on("error", () => {});
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

interface FlowParts {
  readonly ws: WebSocket;
  readonly id: string;
  readonly remote: Flow["remote"];
  readonly options: WebSocketOptions;
}

function webSocketFlow({ ws, id, remote, options }: FlowParts): Flow {
  return {
    id,
    transport: options.secure ? "WSS" : "WS",
    reliable: true,
    remote,
    sentBy: options.sentBy,
    get open() {
      return ws.readyState === ws.OPEN;
    },
    send(bytes) {
      if (ws.readyState !== ws.OPEN) return false;
      // Clients in browsers read text frames; a body of octets that are not UTF-8 needs a binary one (RFC 7118 4.2).
      ws.send(bytes, { binary: !isUtf8(bytes) });
      if (ws.bufferedAmount > unread) ws.terminate();
      return true;
    },
    close: () => ws.terminate(),
  };
}

interface Served {
  readonly ws: WebSocket;
  readonly flow: Flow;
  readonly gate: Gate;
  readonly clock: Clock;
}

function serve({ ws, flow, gate, clock }: Served): void {
  let alive = true;
  let undo = (): void => {};
  const watch = (): void => {
    undo = clock.after(beat, () => {
      if (!alive) {
        ws.terminate();
        return;
      }
      alive = false;
      ws.ping();
      watch();
    });
  };
  watch();
  ws.on("pong", () => {
    alive = true;
  });
  ws.on("message", (data: Buffer) => {
    alive = true;
    if (data.equals(ping)) ws.send("\r\n");
    else if (data.length > 4) gate.receive(data, flow);
  });
  // A frame that is too large or malformed: ws closes the connection itself.
  ws.on("error", () => gate.bans.strike(flow.remote.address));
  ws.on("close", () => {
    undo();
    gate.closed(flow);
  });
}
