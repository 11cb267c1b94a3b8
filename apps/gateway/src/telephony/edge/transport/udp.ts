import { createSocket } from "node:dgram";
import { once } from "node:events";
import type { Flow } from "../flow.ts";
import type { ReceivedRequest } from "../message/index.ts";
import { bracketed, type Gate } from "./gate.ts";

export interface UdpOptions {
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
}

export interface UdpListener {
  readonly port: number;
  flowTo(address: string, port: number): Flow;
  close(): Promise<void>;
}

/** Shorter datagrams are keep-alives (RFC 5626 4.4) or noise: the shortest start line is longer. */
const shortest = 16;

/** Listens for SIP over UDP. A flow is only a name for an address and port: nothing is kept for one. */
export async function listenUdp({ host, port }: UdpOptions, gate: Gate): Promise<UdpListener> {
  const socket = createSocket({ type: host.includes(":") ? "udp6" : "udp4", recvBufferSize: 4 << 20 });
  const leaving = new Set<Promise<void>>();
  let open = true;
  let sentBy = "";

  /** Node looks the address up before it sends: what is not out when the socket closes never leaves. */
  function put(bytes: Uint8Array, port: number, address: string): void {
    const left = new Promise<void>((resolve) => socket.send(bytes, port, address, () => resolve()));
    leaving.add(left);
    void left.then(() => leaving.delete(left));
  }

  const flowTo = (address: string, to: number): Flow => ({
    id: `udp:${address}:${to}`,
    transport: "UDP",
    reliable: false,
    remote: { address, port: to },
    sentBy,
    get open() {
      return open;
    },
    send(bytes) {
      if (open) put(bytes, to, address);
      return open;
    },
    close: () => {},
  });

  socket.on("message", (bytes, from) => {
    if (bytes.length < shortest) return;
    gate.receive(bytes, flowTo(from.address, from.port), (request) =>
      flowTo(from.address, replyPort(request, from.port)),
    );
  });
  // A refused datagram (ICMP) is reported here; the transaction's own timers find out that nobody answers.
  socket.on("error", () => {});
  const bound = once(socket, "listening");
  socket.bind(port, host);
  await bound;
  sentBy = `${bracketed(host)}:${socket.address().port}`;
  return {
    port: socket.address().port,
    flowTo,
    async close() {
      if (!open) return;
      open = false;
      await Promise.all(leaving);
      const closed = once(socket, "close");
      socket.close();
      await closed;
    },
  };
}

/** RFC 3581 4: to where it came from if rport asks for it, else to the port that Via names (RFC 3261 18.2.2). */
const replyPort = ({ via }: ReceivedRequest, source: number): number =>
  via.params.has("rport") ? source : (via.port ?? 5_060);
