import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { PublicEvent } from "@tongdai/shared";
import { until } from "./until.ts";

export interface Received {
  readonly path: string;
  readonly headers: IncomingMessage["headers"];
  readonly raw: string;
  readonly event: PublicEvent;
}

export interface Receiver {
  /** `http://127.0.0.1:<port>`. */
  readonly url: string;
  /** As `TONGDAI_FETCH_ALLOW` wants it. */
  readonly host: string;
  /** Everything that came, in order of arrival. */
  readonly received: readonly Received[];
  /** What it does with what comes from now on; 200 at first. */
  behave(how: (response: ServerResponse, request: Received) => void): void;
  /** The first of this type that comes or has come. */
  hear(type: string): Promise<Received>;
  close(): Promise<void>;
}

export const answer =
  (status: number, headers: Record<string, string> = {}, body = "") =>
  (response: ServerResponse): void =>
    void response.writeHead(status, headers).end(body);

/** Whoever we send webhooks to: a real server, which can be told to misbehave. */
export async function startReceiver(): Promise<Receiver> {
  const received: Received[] = [];
  let behaviour: Parameters<Receiver["behave"]>[0] = answer(200);
  const server = createServer((request, response) => {
    let raw = "";
    request.on("data", (chunk) => {
      raw += String(chunk);
    });
    request.on("end", () => {
      const event = PublicEvent.parse(JSON.parse(raw));
      const one = { path: request.url ?? "", headers: request.headers, raw, event };
      received.push(one);
      behaviour(response, one);
    });
    response.on("error", () => {});
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: `http://${host}`,
    host,
    received,
    behave(how) {
      behaviour = how;
    },
    async hear(type) {
      await until(() => received.some((r) => r.event.type === type), type);
      return received.find((r) => r.event.type === type) as Received;
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
