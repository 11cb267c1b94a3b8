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

export interface GraphStub {
  readonly url: string;
  readonly requests: readonly Recorded[];
  /** Answers instead of the healthy page; `null`: the healthy page again. */
  reply(answer: Reply | ((request: Recorded) => Reply) | null): void;
  /** Parts that were answered with a message id. */
  accepted(): number;
  nextRequest(): Promise<void>;
  close(): Promise<void>;
}

export const stubConfig = {
  appId: "555",
  appSecret: "app-secret",
  verifyToken: "verify-me",
  pageId: "1",
  pageToken: "access-token",
} as const;

/** appsecret_proof of these credentials, computed outside of this project. */
const PROOF = "dbf9c72b4c8f56924f8e07138f6d465c69cb5c9dbca908ce1403e993e1a5f799";

export const graphError = (code: number, subcode?: number, more: object = {}): Reply => ({
  status: 400,
  json: {
    error: {
      message: "(#x) told",
      type: "OAuthException",
      code,
      error_subcode: subcode,
      fbtrace_id: "AbC",
      ...more,
    },
  },
});

/** The fields that a support inbox reads, written down a second time on purpose. */
const fields =
  `messages messaging_postbacks messaging_referrals message_deliveries message_reads message_echoes
  message_reactions message_edits messaging_handovers messaging_optins messaging_account_linking
  messaging_policy_enforcement standby`.split(/\s+/);

/** A page in good health whose customer 42 may be written to. */
export function healthyPage(request: Recorded, nextId: () => string): Reply {
  const { method, path, headers, query, body } = request;
  if (headers.authorization !== "Bearer access-token" || query.get("appsecret_proof") !== PROOF)
    return graphError(190);
  if (method === "GET" && path === "/v25.0/me") return { json: { id: "1", name: "Cửa hàng" } };
  if (method === "GET" && path === "/v25.0/1/subscribed_apps") {
    return { json: { data: [{ id: "555", name: "Tongdai", subscribed_fields: fields }] } };
  }
  if (method === "GET" && path === "/v25.0/42") {
    return {
      json: {
        first_name: "Hà",
        last_name: "Trần",
        name: "Trần Hà",
        profile_pic: "https://cdn.example/42.jpg",
      },
    };
  }
  if (method === "GET") return { json: {} };
  if (path !== "/v25.0/1/messages") return graphError(100, 33);
  if (body["sender_action"] !== undefined) return { json: { recipient_id: "42" } };
  return { json: { recipient_id: "42", message_id: nextId() } };
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

const isSent = (reply: Reply): boolean =>
  typeof reply === "object" &&
  "json" in reply &&
  Fields.safeParse(reply.json).data?.["message_id"] !== undefined;

/** A small server that stands for Graph, on a free port of this machine. */
export async function graphStub(): Promise<GraphStub> {
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
    const usual = (): Reply => healthyPage(recorded, () => `m_out_${sent + 1}`);
    const reply = typeof scripted === "function" ? scripted(recorded) : (scripted ?? usual());
    if (isSent(reply)) sent++;
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
  const stub = await graphStub();
  await stub.close();
  return stub.url;
}
