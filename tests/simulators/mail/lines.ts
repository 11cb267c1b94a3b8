import type { Socket } from "node:net";

/** What came over a line, in pieces that the protocol asks for. */
export interface Reader {
  /** The next line without its CRLF; `null`: the other side has hung up. */
  line(): Promise<string | null>;
}

const LONGEST_LINE = 70_000_000;

/** Lines end in CRLF and in nothing else; bytes are kept one to one as latin1. */
export function readerOf(socket: Socket): Reader {
  let held = "";
  let ended = false;
  let wake = () => {};
  socket.setEncoding("latin1");
  socket.on("data", (piece: string) => {
    held += piece;
    if (held.length > LONGEST_LINE) socket.destroy();
    wake();
  });
  socket.on("close", () => {
    ended = true;
    wake();
  });
  return {
    async line() {
      for (;;) {
        const end = held.indexOf("\r\n");
        if (end >= 0) {
          const line = held.slice(0, end);
          held = held.slice(end + 2);
          return line;
        }
        if (ended) return null;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
  };
}
