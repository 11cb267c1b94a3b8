import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";

export interface TcpProxy {
  readonly port: number;
  /** The lines that are open now stay open and carry nothing any more: neither side learns of it. */
  freeze(): void;
  /** The lines that are open now end, and both sides learn of it. */
  cut(): void;
  /** Lines that were ever opened. */
  readonly opened: number;
  close(): Promise<void>;
}

/** Stands between two ends of TCP lines on this machine, and lets them die without a word. */
export async function tcpProxy(targetPort: number): Promise<TcpProxy> {
  const sockets = new Set<Socket>();
  let opened = 0;
  const server = createServer((near) => {
    opened++;
    const far = connect(targetPort, "127.0.0.1");
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on("error", () => {});
      socket.on("close", () => sockets.delete(socket));
    }
    near.pipe(far);
    far.pipe(near);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the proxy does not listen");
  const cut = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    port: address.port,
    freeze() {
      for (const socket of sockets) {
        socket.unpipe();
        socket.pause();
      }
    },
    cut,
    get opened() {
      return opened;
    },
    async close() {
      cut();
      server.close();
      await once(server, "close");
    },
  };
}
