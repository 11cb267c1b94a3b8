import { createHmac } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { readBody } from "../kit/body.ts";
import { asObject, asText, type Json, type JsonObject, parseJson } from "../kit/json.ts";
import { parseMultipart } from "../kit/multipart.ts";
import { refusal, ZaloError } from "./errors.ts";
import { type Outcome, sendMessage } from "./messages.ts";
import { answerToken } from "./oauth.ts";
import type { Sim } from "./sim.ts";
import { listTemplates, quotaOf, sendById, sendByPhone, templateInfo } from "./templates.ts";
import { DAY_MS, newToken, type Oa, windowOf } from "./world.ts";

const BODY_LIMIT = 30 * 1024 * 1024;
const MB = 1024 * 1024;
const UPLOAD_LIVES_MS = 7 * DAY_MS;

interface Call {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage["headers"];
  readonly body: Buffer;
}

/** The API and the token door. */
export async function answerApi(
  sim: Sim,
  request: IncomingMessage,
  { url, response }: { url: URL; response: ServerResponse },
): Promise<void> {
  const body = await readBody(request, BODY_LIMIT);
  const { headers, method = "GET" } = request;
  const call: Call = { method, path: url.pathname, query: url.searchParams, headers, body };
  if (call.path === "/v4/oa/access_token") return tokenDoor(sim, call, response);
  if (sim.faults.strike("send.html")) {
    response.writeHead(502, { "content-type": "text/html" }).end("<html><title>Bad gateway</title></html>");
    return;
  }
  if (sim.faults.strike("send.serverError"))
    return json(response, 500, { error: -500, message: "Internal error" });
  try {
    const oa = callerOf(sim, call);
    const outcome = await route(sim, oa, call);
    await leave(sim, call, response, outcome);
  } catch (error) {
    if (!(error instanceof ZaloError)) throw error;
    json(
      response,
      200,
      refusal(error),
      error.code === -32 ? { "x-ratelimit-limit": "4000", "x-ratelimit-remain": "0" } : {},
    );
  }
}

function tokenDoor(sim: Sim, call: Call, response: ServerResponse): void {
  if (sim.faults.strike("token.down")) {
    response.writeHead(503, { "content-type": "text/html" }).end("<html>Sorry</html>");
    return;
  }
  const answer = answerToken(
    sim,
    String(call.headers["secret_key"] ?? ""),
    new URLSearchParams(call.body.toString()),
  );
  if (sim.faults.strike("token.lost")) response.destroy();
  else json(response, 200, { ...answer });
}

/** Whose token it is. The call counts against the app's minute. */
function callerOf(sim: Sim, { headers, path }: Call): Oa {
  const token = headers["access_token"];
  const oa = [...sim.world.oas.values()].find(({ grant }) => grant?.accessToken === token);
  // The door of templates has a number of its own for it.
  if (!oa?.grant || sim.faults.strike("token.revoked")) throw new ZaloError(isTemplates(path) ? -124 : -216);
  if (oa.grant.accessUntil < sim.time.windowNow()) throw new ZaloError(-220);
  const proof = createHmac("sha256", oa.app.appSecret).update(String(token)).digest("hex");
  if (oa.app.requireProof && headers["appsecret_proof"] !== proof) throw new ZaloError(-242);
  const now = sim.clock.now();
  const calls = (sim.calls.get(oa.app.appId) ?? []).filter((at) => at > now - 60_000);
  if (calls.length >= (oa.app.perMinute ?? 4_000) || sim.faults.strike("api.throttle"))
    throw new ZaloError(-32);
  sim.calls.set(oa.app.appId, [...calls, now]);
  return oa;
}

const isTemplates = (path: string): boolean => /^\/(template|message)\//.test(path);

const isSend = (call: Call): boolean =>
  call.method === "POST" &&
  /\/message(\/cs|\/template)?$/.test(call.path) &&
  call.path !== "/v3.0/oa/quota/message";

async function route(sim: Sim, oa: Oa, call: Call): Promise<Outcome> {
  const body = asObject(parseJson(call.body.toString("utf8")));
  const asked = asObject(parseJson(call.query.get("data") ?? "{}"));
  switch (`${call.method} ${call.path}`) {
    case "GET /v2.0/oa/getoa":
      return {
        data: { oa_id: oa.options.oaId, name: oa.options.name, is_verified: true, package_name: "Nâng cao" },
      };
    case "GET /v3.0/oa/user/detail":
      return { data: person(oa, asText(asked["user_id"]) ?? "") };
    case "POST /v3.0/oa/quota/message":
      return { data: quota(sim, oa, asText(body["user_id"]) ?? "") };
    case "POST /v3.0/oa/message/cs":
    case "POST /v2.0/oa/message":
      return sendMessage(sim, oa, body);
    case "POST /message/template":
      return sendByPhone(sim, oa, body);
    case "POST /v3.0/oa/message/template":
      return sendById(sim, oa, body);
    case "GET /message/quota":
      return { data: quotaOf(sim, oa) };
    case "GET /template/all":
      return { data: listTemplates(oa, call.query) };
    case "GET /template/info/v2":
      return {
        data: templateInfo(oa, call.query.get("template_id") ?? "", `http://${call.headers.host ?? ""}`),
      };
    case "POST /v2.0/oa/upload/image":
    case "POST /v2.0/oa/upload/gif":
    case "POST /v2.0/oa/upload/file":
      return { data: upload(sim, oa, call) };
    default:
      throw new ZaloError(-404, `no ${call.method} ${call.path}`);
  }
}

/** Sends the answer, or loses it; what follows a message happens in any case. */
async function leave(
  sim: Sim,
  call: Call,
  response: ServerResponse,
  { data, after }: Outcome,
): Promise<void> {
  const happened = () => {
    const end = sim.gauge.begin();
    void after?.().finally(end);
    if (!after) end();
  };
  const faulty = isSend(call) ? sim.faults : null;
  const delay = Number(faulty?.strike("send.delay") ?? 0);
  if (faulty?.strike("send.closeAfterSend")) {
    response.destroy();
    return happened();
  }
  if (faulty?.strike("send.errorAfterSend")) {
    json(response, 500, { error: -500, message: "Internal error" });
    return happened();
  }
  if (delay > 0) {
    happened();
    await new Promise<void>((resolve) => sim.clock.setTimeout(resolve, delay));
    return json(response, 200, { error: 0, message: "Success", data });
  }
  json(response, 200, { error: 0, message: "Success", data });
  happened();
}

function person(oa: Oa, userId: string): JsonObject {
  const thread = oa.threads.get(userId);
  if (!thread || thread.talkId !== null) throw new ZaloError(-201, "user_id is invalid");
  if (!thread.follows && thread.lastActAt === undefined) throw new ZaloError(-213);
  return {
    user_id: userId,
    user_id_by_app: thread.userIdByApp,
    display_name: thread.name,
    user_is_follower: thread.follows,
    ...(thread.follows && { shared_info: { phone: Number(thread.phone), name: thread.name, address: "" } }),
  };
}

function quota(sim: Sim, oa: Oa, userId: string): JsonObject {
  const thread = oa.threads.get(userId);
  if (!thread) throw new ZaloError(-201, "user_id is invalid");
  return {
    last_interaction: thread.lastActAt ?? 0,
    window: windowOf(thread, sim.time.windowNow()),
    cs_reply: { remain: "unlimited", total: "unlimited" },
    charged: { remain: oa.chargedLeft },
  };
}

const ENDINGS = { image: ["jpg", "jpeg", "png"], gif: ["gif"], file: ["pdf", "doc", "docx", "csv"] } as const;

function upload(sim: Sim, oa: Oa, call: Call): JsonObject {
  const kind = (["image", "gif", "file"] as const).find((one) => call.path.endsWith(`/${one}`)) ?? "file";
  const file = parseMultipart(call.body, call.headers["content-type"] ?? "")?.files.get("file");
  if (!file || file.bytes.length === 0) throw new ZaloError(-201, "file is missing");
  const ending = file.name.split(".").at(-1)?.toLowerCase() ?? "";
  if (!ENDINGS[kind].some((one) => one === ending)) throw new ZaloError(-201, "file type is not supported");
  if (file.bytes.length > (kind === "image" ? MB : 5 * MB)) throw new ZaloError(-210, "file is too large");
  const id = newToken();
  const mediaId = sim.media.put(file);
  sim.world.uploads.set(id, {
    oaId: oa.options.oaId,
    kind,
    mediaId,
    name: file.name,
    until: sim.time.windowNow() + UPLOAD_LIVES_MS,
  });
  return kind === "file" ? { token: id } : { attachment_id: id };
}

function json(
  response: ServerResponse,
  status: number,
  value: Json,
  headers: Record<string, string> = {},
): void {
  if (response.destroyed) return;
  response.writeHead(status, { "content-type": "application/json; charset=utf-8", ...headers });
  response.end(JSON.stringify(value));
}
