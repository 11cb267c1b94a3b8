import type { Flow } from "../flow.ts";
import { parseMessage, type ReceivedMessage } from "../message/index.ts";

export interface FakeFlow extends Flow {
  /** What was sent, read again as its receiver would. */
  readonly sent: ReceivedMessage[];
  /** The first words of each: `INVITE` or `180`. */
  readonly trace: string[];
  open: boolean;
}

let count = 0;

/** A road that only remembers. What matters is whether it loses, and whether a browser is behind it. */
export function fakeFlow(transport: "UDP" | "TCP" | "WS" = "UDP", address = "192.0.2.7"): FakeFlow {
  const sent: ReceivedMessage[] = [];
  const trace: string[] = [];
  return {
    id: `fake:${++count}`,
    transport,
    reliable: transport !== "UDP",
    remote: { address, port: 5_060 },
    sentBy: "edge.example:5060",
    open: true,
    sent,
    trace,
    send(bytes) {
      if (!this.open) return false;
      const message = parseMessage(bytes);
      sent.push(message);
      trace.push(message.kind === "request" ? message.method : String(message.status));
      return true;
    },
    close() {
      this.open = false;
    },
  };
}
