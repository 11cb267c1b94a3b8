import { CONTRACT_VERSION } from "@tongdai/shared";
import { WebSocket } from "ws";

/** What an agent's client hears, as far as a measurement cares. */
export interface Heard {
  readonly name: string;
  readonly data: {
    readonly message?: { readonly text: string };
    readonly conversation?: { readonly interaction: { readonly ownerId: string | null } | null };
  };
}

export interface AgentSocket {
  /** Milliseconds from the first byte to being in step with the journal. */
  readonly readyMs: number;
  readonly answerBytes: number;
  /** Gives a command, the answer to which nobody reads. */
  say(command: string): void;
  close(): void;
}

export interface AgentOptions {
  readonly url: string;
  readonly token: string;
  /** Where to resume; null: with a snapshot; "nowhere": is told nothing of the journal. */
  readonly lastSeq: number | null | "nowhere";
  readonly onEvents: (events: readonly Heard[]) => void;
  /** Of the supervisors' live picture, as it came. */
  readonly onFloor?: (json: string) => void;
}

const JOURNAL = '42["journal",';
const FLOOR = '42["floor.changed",';

/**
 * Socket.IO by hand over a bare WebSocket: hundreds of these fit beside what they measure, which as many of the real
 * client would not.
 */
export function connectAgent(o: AgentOptions): Promise<AgentSocket> {
  const from = performance.now();
  return new Promise((resolve, reject) => {
    const ws = new WebSocket(`${o.url.replace("http", "ws")}/socket.io/?EIO=4&transport=websocket`, {
      perMessageDeflate: false,
    });
    ws.on("error", reject);
    ws.on("close", () => reject(new Error("the agent's socket was closed")));
    let announced = 0;
    const ready = (answerBytes: number) =>
      resolve({
        readyMs: performance.now() - from,
        answerBytes,
        say: (command) => ws.send(`421${JSON.stringify([command, {}])}`),
        close: () => ws.terminate(),
      });
    const entered = (packet: string) => {
      if (o.lastSeq === "nowhere") ready(packet.length);
      else ws.send(`420${JSON.stringify(["sync.start", { lastSeq: o.lastSeq }])}`);
    };
    ws.on("message", (data: Buffer, isBinary: boolean) => {
      if (isBinary) {
        ready(announced + data.length);
        return;
      }
      const packet = data.toString("utf8");
      if (packet.startsWith("42[")) hear(o, packet);
      else if (packet === "2") ws.send("3");
      else if (packet.startsWith("0"))
        ws.send(`40${JSON.stringify({ contract: CONTRACT_VERSION, token: o.token })}`);
      else if (packet.startsWith("40")) entered(packet);
      else if (packet.startsWith("430")) ready(packet.length);
      // The answer's packed part follows as bytes.
      else if (packet.startsWith("461-0")) announced = packet.length;
      else if (packet.startsWith("44")) reject(new Error(`refused: ${packet}`));
    });
  });
}

function hear(o: AgentOptions, packet: string): void {
  if (packet.startsWith(JOURNAL)) o.onEvents(JSON.parse(packet.slice(JOURNAL.length, -1)) as Heard[]);
  else if (packet.startsWith(FLOOR)) o.onFloor?.(packet.slice(FLOOR.length, -1));
}
