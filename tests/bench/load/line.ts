import { connect, type Socket } from "node:net";

/** One keep-alive HTTP connection that carries one request at a time and reads no more of an answer than its status. */
export interface Line {
  send(request: Buffer, done: (status: number) => void): void;
  close(): void;
}

export function openLine(url: URL): Promise<Line> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: url.hostname, port: Number(url.port), noDelay: true });
    socket.once("error", reject);
    socket.once("connect", () => {
      socket.removeAllListeners("error");
      resolve(lineOver(socket));
    });
  });
}

function lineOver(socket: Socket): Line {
  let done: ((status: number) => void) | null = null;
  let held = "";
  const finish = (status: number) => {
    const tell = done;
    done = null;
    tell?.(status);
  };
  socket.on("data", (chunk) => {
    held += chunk.toString("latin1");
    const head = held.indexOf("\r\n\r\n");
    if (head < 0) return;
    const length = Number(/\r\ncontent-length: *(\d+)/i.exec(held)?.[1] ?? 0);
    if (held.length < head + 4 + length) return;
    const status = Number(held.slice(9, 12));
    held = held.slice(head + 4 + length);
    finish(status);
  });
  socket.on("error", () => finish(0));
  socket.on("close", () => finish(0));
  return {
    send(request, tell) {
      done = tell;
      if (socket.destroyed) finish(0);
      else socket.write(request);
    },
    close: () => void socket.destroy(),
  };
}
