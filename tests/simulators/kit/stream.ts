import type { ServerResponse } from "node:http";
import type { Json } from "./json.ts";

export interface Stream {
  /** Sends the present state now and after every change. */
  open(response: ServerResponse, snapshot: () => Json): void;
  changed(): void;
  close(): void;
}

const TYPING_REFRESH_MS = 15_000;

export function createStream(): Stream {
  const viewers = new Map<ServerResponse, () => Json>();
  let scheduled = false;
  const send = (response: ServerResponse, snapshot: () => Json) => {
    response.write(`event: state\ndata: ${JSON.stringify(snapshot())}\n\n`);
  };
  const flush = () => {
    scheduled = false;
    for (const [response, snapshot] of viewers) send(response, snapshot);
  };
  const changed = () => {
    if (scheduled || viewers.size === 0) return;
    scheduled = true;
    // One turn may change many things: the viewer needs the last of them only.
    setImmediate(flush);
  };
  // The window runs down and typing ends without any event.
  const beat = setInterval(changed, TYPING_REFRESH_MS);
  beat.unref();
  return {
    changed,
    open(response, snapshot) {
      response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
      viewers.set(response, snapshot);
      response.on("close", () => viewers.delete(response));
      send(response, snapshot);
    },
    close() {
      clearInterval(beat);
      for (const response of viewers.keys()) response.end();
      viewers.clear();
    },
  };
}
