import type { IncomingMessage, ServerResponse } from "node:http";
import { BodyTooLarge, readBody } from "../../kit/body.ts";
import { asText, type JsonObject } from "../../kit/json.ts";
import type { Sim } from "../core/context.ts";
import { toMetaJson } from "../core/meta-json.ts";
import { findThread } from "../core/world.ts";
import { findComment } from "../customer/comments.ts";
import { readParams } from "../http/body.ts";
import { createReusable, type ReusableStore, UPLOAD_LIMIT } from "./attachments.ts";
import { type GraphCall, type GraphReply, pageCaller } from "./call.ts";
import { commentEndpoint, postEndpoint } from "./comments.ts";
import { errors, GraphError, invalid } from "./errors.ts";
import { type MessagesDeps, postMessages } from "./messages.ts";
import { createRateLimit } from "./rate.ts";
import { debugToken, pageObject, profile, stickerSearch, subscribedApps, threadOwner } from "./reads.ts";
import { THREAD_EDGES, threadControl } from "./thread-control.ts";

const MULTIPART_ROOM = 1024 * 1024;
const HTML_ERROR = `<!DOCTYPE html><html lang="en"><head><title>Facebook | Error</title></head><body><h1>Sorry, something went wrong.</h1><p>We're working on getting this fixed as soon as we can.</p></body></html>`;

export type GraphEndpoint = (request: IncomingMessage, response: ServerResponse, url: URL) => Promise<void>;

export function createGraph(sim: Sim): GraphEndpoint {
  const reusable: ReusableStore = new Map();
  const deps = { sim, reusable, rate: createRateLimit(sim.clock, sim.limits) };
  return async (request, response, url) => {
    try {
      const call = await readCall(sim, request, url);
      const sending = call.method === "POST" && call.path[1] === "messages";
      if (sending && sim.faults.strike("send.html")) {
        response.writeHead(502, { "content-type": "text/html; charset=utf-8" }).end(HTML_ERROR);
        return;
      }
      finish(sim, response, await route(deps, call));
    } catch (error) {
      const shown =
        error instanceof BodyTooLarge ? invalid("Attachment size exceeds allowable limit") : error;
      if (!(shown instanceof GraphError)) throw error;
      write(sim, response, { status: shown.status, json: shown.toJson() });
    }
  };
}

async function readCall(sim: Sim, request: IncomingMessage, url: URL): Promise<GraphCall> {
  const segments = url.pathname.split("/").filter(Boolean);
  const version = /^v(\d+)\.(\d+)$/.exec(segments[0] ?? "");
  if (version) {
    segments.shift();
    const newest = Number(sim.newestVersion.slice(1).split(".")[0]);
    if (Number(version[1]) > newest) throw errors.unknownPath(url.pathname);
  }
  const body = await readBody(request, UPLOAD_LIMIT + MULTIPART_ROOM);
  const contentType = request.headers["content-type"] ?? "";
  const { values, file, malformed } = readParams(url.searchParams, { contentType, body });
  if (malformed) throw invalid("The request body could not be parsed");
  const bearer = /^Bearer\s+(.+)$/i.exec(request.headers.authorization ?? "")?.[1];
  const token = asText(values["access_token"]) ?? bearer;
  return { method: request.method ?? "GET", path: segments.map(decodeURIComponent), values, file, token };
}

async function route(deps: MessagesDeps, call: GraphCall): Promise<GraphReply> {
  const { sim } = deps;
  const [object = "", edge] = call.path;
  if (object === "debug_token") return debugToken(sim, call);
  if (object === "sticker_search") return stickerSearch(sim, call);
  if (findComment(sim, object)) return commentEndpoint(sim, call, object);
  if (call.method === "GET" && edge === undefined && isPost(sim, object)) return postEndpoint(sim, call);
  const thread = findThread(sim.world, object);
  if (thread && edge === undefined && call.method === "GET") {
    const { page } = pageCaller(sim, call, "me");
    if (thread.pageId !== page.id) throw errors.noObject(object, "get");
    return profile(sim, call, thread);
  }
  return pageRoute(deps, call);
}

const isPost = (sim: Sim, id: string): boolean =>
  [...sim.world.pages.values()].some(({ postId }) => postId === id);

async function pageRoute(deps: MessagesDeps, call: GraphCall): Promise<GraphReply> {
  const { sim, reusable } = deps;
  const [object = "", edge] = call.path;
  const key = `${call.method} ${edge ?? ""}`;
  if (key === "POST messages") return postMessages(deps, call, object);
  const caller = pageCaller(sim, call, object);
  if (key === "POST message_attachments") {
    return { json: await createReusable(sim, { store: reusable, page: caller.page }, call) };
  }
  if (edge === "subscribed_apps") return subscribedApps(sim, call, caller);
  if (key === "GET thread_owner") return threadOwner(caller.page, call);
  if (call.method === "POST" && edge !== undefined && THREAD_EDGES.has(edge))
    return threadControl(sim, call, caller);
  if (key === "GET ") return pageObject(call, caller);
  throw errors.unknownPath(`/${call.path.join("/")}`);
}

function finish(sim: Sim, response: ServerResponse, reply: GraphReply): void {
  const { status = 200, json } = reply;
  if (reply.closeInstead) {
    response.socket?.destroy();
    reply.after?.();
    return;
  }
  if (reply.delayMs !== undefined) {
    const undo = sim.clock.setTimeout(() => write(sim, response, { status, json }), reply.delayMs);
    response.on("close", undo);
    return;
  }
  // The answer is handed to the network before what follows it is sent.
  if (response.closed) reply.after?.();
  else response.once("close", () => reply.after?.());
  write(sim, response, { status, json });
}

function write(
  sim: Sim,
  response: ServerResponse,
  { status, json }: { status: number; json: JsonObject },
): void {
  if (response.destroyed) return;
  const percent = Number(sim.faults.strike("usage.high") ?? 1);
  const usage = { call_count: percent, total_cputime: 1, total_time: 1 };
  const business = { ...usage, type: "messenger", estimated_time_to_regain_access: percent >= 100 ? 5 : 0 };
  const page = sim.world.pages.keys().next().value ?? "0";
  response.writeHead(status, {
    "content-type": "application/json; charset=UTF-8",
    date: new Date(sim.time.now()).toUTCString(),
    "x-app-usage": JSON.stringify(usage),
    "x-business-use-case-usage": JSON.stringify({ [page]: [business] }),
    "facebook-api-version": sim.newestVersion,
  });
  response.end(toMetaJson(json));
}
