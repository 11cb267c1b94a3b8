import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { GraphEndpoint } from "../graph/endpoint.ts";
import type { MediaStore } from "../media/store.ts";
import type { Simulator } from "../simulator.ts";
import { admin } from "./admin.ts";
import { sendAsset } from "./assets.ts";
import { isLocal } from "./guard.ts";
import type { Stream } from "./stream.ts";

export interface ServerParts {
  readonly simulator: Simulator;
  readonly stream: Stream;
  readonly media: MediaStore;
  readonly graph: GraphEndpoint;
}

export async function listen(
  server: Server,
  { port, host }: { port: number; host: string },
): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no TCP address");
  return `http://${host.includes(":") ? `[${host}]` : host}:${address.port}`;
}

export function createHttpServer(parts: () => ServerParts): Server {
  return createServer((request, response) => {
    handle(parts(), request, response).catch((error: unknown) => {
      process.stderr.write(`simulator: ${error instanceof Error ? error.stack : String(error)}\n`);
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
  });
}

async function handle(parts: ServerParts, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? "/", "http://simulator");
  const { pathname } = url;
  if (pathname.startsWith("/cdn/")) {
    parts.media.serve(pathname, url.searchParams, response);
    return;
  }
  const own = pathname === "/" || pathname.startsWith("/page/") || pathname.startsWith("/sim/");
  if (!own) {
    await parts.graph(request, response, url);
    return;
  }
  if (!isLocal(request)) {
    response.writeHead(403, { "content-type": "text/plain" }).end("Local use only");
    return;
  }
  if (pathname.startsWith("/sim/")) await admin(parts, { request, response, url });
  else await sendAsset(response, pathname);
}
