import { type ChildProcess, fork } from "node:child_process";
import { extname } from "node:path";
import { Described, type Order } from "./orders.ts";

export interface EndpointParts {
  /** A WAV file (`wav.ts` says which); null: a tune of our own. */
  readonly music: string | null;
  /** Ours that callers reach; null: every one that this machine has. */
  readonly address: string | null;
  /** The player ended though nobody told it to. */
  readonly fell: (why: string) => void;
}

export interface Endpoint {
  /** @returns what answers the offer of a talk. Rejects when it cannot be, or there are too many */
  answer(id: string, offer: string): Promise<string>;
  /** @returns what a talk begins with: `accept` brings its answer */
  offer(id: string): Promise<string>;
  accept(id: string, answer: string): void;
  close(id: string): void;
  stop(): void;
}

/** Talks at once: what one core plays to in time. */
const MOST = 50;

/** Whom callers are connected with while they wait. After a fall its process begins anew with the next of them. */
export function createEndpoint({ music, address, fell }: EndpointParts): Endpoint {
  const talks = new Set<string>();
  const asked = new Map<string, PromiseWithResolvers<string>>();
  let child: ChildProcess | undefined = begin();
  let stopped = false;

  function begin(): ChildProcess {
    // The sources are a folder of .ts, the bundle one of .js.
    const file = new URL(`./player${extname(import.meta.filename)}`, import.meta.url);
    const made = fork(file, [music ?? "", address ?? ""], {
      execArgv: [],
      stdio: ["ignore", "ignore", "inherit", "ipc"],
    });
    made.on("message", (message) => settle(Described.parse(message)));
    made.once("exit", (code, signal) => gone(`it ended with ${signal ?? code}`));
    made.on("error", (error) => gone(String(error)));
    return made;
  }

  function settle(described: Described): void {
    const { id } = described;
    const waiting = asked.get(id);
    asked.delete(id);
    if ("sdp" in described) waiting?.resolve(described.sdp);
    else {
      talks.delete(id);
      waiting?.reject(new Error(described.failed));
    }
  }

  function gone(why: string): void {
    if (!child) return;
    child = undefined;
    talks.clear();
    for (const waiting of asked.values()) waiting.reject(new Error(why));
    asked.clear();
    if (!stopped) fell(why);
  }

  const tell = (order: Order): void => void child?.send(order, () => {});

  function ask(order: Order): Promise<string> {
    if (stopped || talks.size >= MOST) return Promise.reject(new Error("too many talks at once"));
    child ??= begin();
    const waiting = Promise.withResolvers<string>();
    talks.add(order.id);
    asked.set(order.id, waiting);
    tell(order);
    return waiting.promise;
  }

  return {
    answer: (id, offer) => ask({ do: "answer", id, offer }),
    offer: (id) => ask({ do: "offer", id }),
    accept: (id, answer) => tell({ do: "accept", id, answer }),
    close(id) {
      if (talks.delete(id)) tell({ do: "close", id });
    },
    stop() {
      stopped = true;
      child?.disconnect();
    },
  };
}
