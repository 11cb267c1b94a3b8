import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { isAsset, sendAsset } from "../../kit/assets.ts";
import { isLocal } from "../../kit/guard.ts";
import type { Stream } from "../../kit/stream.ts";
import type { GraphEndpoint } from "../graph/endpoint.ts";
import type { MediaStore } from "../media/store.ts";
import type { Simulator } from "../simulator.ts";
import { admin } from "./admin.ts";

export interface ServerParts {
  readonly simulator: Simulator;
  readonly stream: Stream;
  readonly media: MediaStore;
  readonly graph: GraphEndpoint;
}

const PAGE = new URL("../page/", import.meta.url);

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
  const own = isAsset(pathname) || pathname.startsWith("/sim/");
  if (!own) {
    await parts.graph(request, response, url);
    return;
  }
  if (!isLocal(request)) {
    response.writeHead(403, { "content-type": "text/plain" }).end("Local use only");
    return;
  }
  if (pathname.startsWith("/sim/")) await admin(parts, { request, response, url });
  else await sendAsset(response, pathname, PAGE);
}
