import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";

export interface Balancer {
  readonly url: string;
  /** Where connections go from now on, one after the other. */
  target(urls: readonly string[]): void;
  close(): Promise<void>;
}

/** One address before several gateways, as an operator's proxy has it; bytes only. */
export async function balancer(): Promise<Balancer> {
  let targets: readonly URL[] = [];
  let turn = 0;
  const open = new Set<Socket>();
  const server = createServer((from) => {
    const to = targets[turn++ % Math.max(1, targets.length)];
    if (!to) {
      from.destroy();
      return;
    }
    const out = connect(Number(to.port), to.hostname);
    for (const [one, other] of [
      [from, out],
      [out, from],
    ] as const) {
      open.add(one);
      one.on("error", () => other.destroy());
      one.on("close", () => {
        open.delete(one);
        other.destroy();
      });
      one.pipe(other);
    }
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the balancer does not listen");
  return {
    url: `http://127.0.0.1:${address.port}`,
    target(urls) {
      targets = urls.map((u) => new URL(u));
    },
    async close() {
      for (const socket of open) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}
