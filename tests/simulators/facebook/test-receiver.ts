import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from "node:http";
import { asList, asObject, type JsonObject, parseJson } from "../kit/json.ts";
import { signBody } from "./core/signature.ts";

export interface Received {
  readonly body: Buffer;
  readonly headers: IncomingHttpHeaders;
  readonly valid: boolean;
  readonly entries: readonly JsonObject[];
}

export interface Receiver {
  readonly url: string;
  readonly received: Received[];
  /** What the next deliveries are answered with; "hang" never answers. */
  answerWith(answer: number | "hang"): void;
  items(container?: "messaging" | "standby" | "changes"): JsonObject[];
  /** Resolves when the n-th delivery has come in. */
  arrived(count: number): Promise<void>;
  close(): Promise<void>;
}

/** The smallest correct webhook: it checks the signature over the bytes and answers the handshake. */
export async function startReceiver({
  secret,
  verifyToken,
}: {
  secret: string;
  verifyToken: string;
}): Promise<Receiver> {
  const received: Received[] = [];
  const waiters = new Set<() => void>();
  let answer: number | "hang" = 200;
  const server = createServer((request, response) => void answerTo(request, response));
  const answerTo = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (request.method === "GET") {
      const query = new URL(request.url ?? "/", "http://receiver").searchParams;
      const known = query.get("hub.mode") === "subscribe" && query.get("hub.verify_token") === verifyToken;
      response.writeHead(known ? 200 : 403).end(known ? query.get("hub.challenge") : "");
      return;
    }
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(Buffer.from(part));
    const body = Buffer.concat(parts);
    const valid = request.headers["x-hub-signature-256"] === signBody(secret, body);
    const entries = asList(asObject(parseJson(body.toString("utf8")))["entry"]).map(asObject);
    received.push({ body, headers: request.headers, valid, entries });
    for (const waiter of waiters) waiter();
    if (answer !== "hang") response.writeHead(valid ? answer : 401).end();
  };
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}/webhook`,
    received,
    answerWith(next) {
      answer = next;
    },
    items: (container = "messaging") =>
      received.flatMap(({ entries }) => entries).flatMap((entry) => asList(entry[container]).map(asObject)),
    arrived: (count) =>
      new Promise((resolve) => {
        const check = () => {
          if (received.length < count) return;
          waiters.delete(check);
          resolve();
        };
        waiters.add(check);
        check();
      }),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
