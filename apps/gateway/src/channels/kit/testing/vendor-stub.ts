import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { z } from "zod";

/** A request as it arrived. */
export interface Recorded {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage["headers"];
  /** Fields of a JSON object or of a form (JSON within a field is read); a file is its Blob. */
  readonly body: Readonly<Record<string, unknown>>;
}

/** `drop`: reads the request and breaks the connection. `hang`: never answers. */
export type Reply =
  | { readonly json: unknown; readonly status?: number; readonly headers?: Record<string, string> }
  | { readonly html: string; readonly status: number; readonly headers?: Record<string, string> }
  | "drop"
  | "hang";

export interface VendorStub {
  readonly url: string;
  readonly requests: readonly Recorded[];
  /** Answers instead of the healthy vendor; `null`: the healthy one again. */
  reply(answer: Reply | ((request: Recorded) => Reply) | null): void;
  /** Requests that were answered with success of sending. */
  accepted(): number;
  nextRequest(): Promise<void>;
  close(): Promise<void>;
}

/** The vendor in good health. */
export interface Healthy {
  /** @param nextId an id for a message that is taken in */
  answer(request: Recorded, nextId: () => string): Reply;
  isSent(reply: Reply): boolean;
}

const Fields = z.record(z.string(), z.unknown());

function jsonOr(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

async function readBody(request: IncomingMessage): Promise<Record<string, unknown>> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of request) chunks.push(z.instanceof(Uint8Array).parse(chunk));
  const raw = Buffer.concat(chunks);
  const type = request.headers["content-type"] ?? "";
  if (type === "application/x-www-form-urlencoded")
    return Object.fromEntries(new URLSearchParams(raw.toString()));
  if (!type.startsWith("multipart/")) return raw.length > 0 ? Fields.parse(JSON.parse(raw.toString())) : {};
  const form = await new Response(raw, { headers: { "content-type": type } }).formData();
  return Object.fromEntries([...form].map(([k, v]) => [k, typeof v === "string" ? jsonOr(v) : v]));
}

function write(response: ServerResponse, reply: Reply): void {
  if (reply === "hang") return;
  if (reply === "drop") return void response.destroy();
  const isJson = "json" in reply;
  response.writeHead(reply.status ?? 200, {
    "content-type": isJson ? "application/json" : "text/html",
    ...reply.headers,
  });
  response.end(isJson ? JSON.stringify(reply.json) : reply.html);
}

/** A small server that stands for a vendor, on a free port of this machine. */
export async function vendorStub(healthy: Healthy): Promise<VendorStub> {
  const requests: Recorded[] = [];
  let scripted: Reply | ((request: Recorded) => Reply) | null = null;
  let sent = 0;
  let arrival = Promise.withResolvers<void>();

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? "/", "http://stub");
    const body = await readBody(request);
    const recorded = {
      method: request.method ?? "",
      path: url.pathname,
      query: url.searchParams,
      headers: request.headers,
      body,
    };
    requests.push(recorded);
    const usual = (): Reply => healthy.answer(recorded, () => `m_out_${sent + 1}`);
    const reply = typeof scripted === "function" ? scripted(recorded) : (scripted ?? usual());
    if (healthy.isSent(reply)) sent++;
    arrival.resolve();
    arrival = Promise.withResolvers<void>();
    write(response, reply);
  };

  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) =>
      response.destroy(error instanceof Error ? error : undefined),
    );
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = z.object({ port: z.number() }).parse(server.address());
  return {
    url: `http://127.0.0.1:${address.port}`,
    requests,
    reply: (answer) => {
      scripted = answer;
    },
    accepted: () => sent,
    nextRequest: () => arrival.promise,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

/** A port of this machine that nobody listens on. */
export async function deadUrl(): Promise<string> {
  const stub = await vendorStub({ answer: () => "drop", isSent: () => false });
  await stub.close();
  return stub.url;
}
