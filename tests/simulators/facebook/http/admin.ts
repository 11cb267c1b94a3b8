import type { IncomingMessage, ServerResponse } from "node:http";
import { BodyTooLarge, readBody } from "../../kit/body.ts";
import { asObject, asText, type Json, type JsonObject, parseJson, plain } from "../../kit/json.ts";
import { sendFile } from "../../kit/media.ts";
import type { Stream } from "../../kit/stream.ts";
import { FAULTS, isFaultName } from "../core/faults.ts";
import { RefusedAct } from "../customer/acts.ts";
import type { Simulator } from "../simulator.ts";
import { isCatalogueKind } from "../webhook/catalogue.ts";
import { actAs, customerOf } from "./admin-customer.ts";
import { overview, snapshotFor } from "./views.ts";

const BODY_LIMIT = 40 * 1024 * 1024;

class AdminError extends Error {}

export interface AdminDeps {
  readonly simulator: Simulator;
  readonly stream: Stream;
}

export async function admin(
  deps: AdminDeps,
  { request, response, url }: { request: IncomingMessage; response: ServerResponse; url: URL },
): Promise<void> {
  const [, area = "", name = "", verb = ""] = url.pathname.split("/").filter(Boolean);
  const method = request.method ?? "GET";
  if (area === "stream") {
    deps.stream.open(response, () => snapshotFor(deps.simulator, url.searchParams.get("psid") ?? ""));
    return;
  }
  if (area === "media") {
    sendFile(response, deps.simulator.context.media.get(name));
    return;
  }
  try {
    const body = asObject(parseJson((await readBody(request, BODY_LIMIT)).toString("utf8")));
    const result = await answer(deps, { method, area, name, verb, body });
    send(response, 200, result ?? { ok: true });
  } catch (error) {
    // What an act refuses (blocked, too late to edit) is an answer for whoever plays, not a crash.
    const message =
      error instanceof BodyTooLarge ? "too large" : String(error instanceof Error ? error.message : error);
    send(response, error instanceof AdminError ? 404 : 409, {
      error: message,
      code: error instanceof RefusedAct ? error.code : "",
    });
  }
}

interface AdminCall {
  readonly method: string;
  readonly area: string;
  readonly name: string;
  readonly verb: string;
  readonly body: JsonObject;
}

async function answer({ simulator }: AdminDeps, call: AdminCall): Promise<Json | undefined> {
  const { method, area, name, body } = call;
  switch (`${method} ${area}`) {
    case "GET state":
      return overview(simulator);
    case "GET log":
      return simulator.deliveries.map((one) => ({ ...one, attempts: one.attempts.map((at) => ({ ...at })) }));
    case "POST settle":
      await simulator.settle();
      return undefined;
    case "POST faults":
      setFault(simulator, body);
      return undefined;
    case "DELETE faults":
      simulator.faults.clear(isFaultName(name) ? name : undefined);
      return undefined;
    case "POST clock":
      if (body["reset"] === true) simulator.timeBack();
      else simulator.timeTravel(Number(body["advanceMs"] ?? 0));
      return undefined;
    case "POST hold":
      simulator.hold();
      return undefined;
    case "POST release":
      await simulator.release({ reverse: body["reverse"] === true });
      return undefined;
    case "POST raw":
      return simulator.sendRaw(need(body, "appId"), rawBody(body), signatureOf(body));
    case "POST handshake":
      return simulator.verifyHandshake(need(body, "appId"), asText(body["token"]));
    case "POST event":
      return sendEvent(simulator, body);
    case "POST customers":
      return customerCall(simulator, call);
    case "GET customers":
      return plain(customerOf(simulator, name).transcript());
    case "POST pages":
      return pageCall(simulator, call);
    default:
      throw new AdminError(`no ${method} /sim/${area}`);
  }
}

function setFault(simulator: Simulator, body: JsonObject): void {
  const name = need(body, "name");
  if (!isFaultName(name)) throw new Error(`unknown fault ${name}; known: ${Object.keys(FAULTS).join(", ")}`);
  const { value, times } = body;
  const given = typeof value === "boolean" || typeof value === "number" || typeof value === "string";
  simulator.faults.set(
    name,
    given && value !== true ? value : undefined,
    typeof times === "number" ? { times } : {},
  );
}

async function sendEvent(simulator: Simulator, body: JsonObject): Promise<undefined> {
  const kind = need(body, "kind");
  if (!isCatalogueKind(kind)) throw new Error(`unknown event ${kind}`);
  const psid = asText(body["psid"]);
  const value = body["value"] === undefined ? undefined : asObject(body["value"]);
  await simulator.event(need(body, "pageId"), {
    kind,
    ...(psid ? { psid } : {}),
    ...(value ? { value } : {}),
  });
}

async function customerCall(
  simulator: Simulator,
  { name, verb, body }: AdminCall,
): Promise<Json | undefined> {
  if (name !== "") return actAs(customerOf(simulator, name), { verb, body });
  const {
    psid,
    name: person,
    pageId,
  } = simulator.customer({
    pageId: need(body, "pageId"),
    name: need(body, "name"),
    psid: asText(body["psid"]),
  });
  return { psid, name: person, pageId };
}

async function pageCall(simulator: Simulator, { name, verb, body }: AdminCall): Promise<Json | undefined> {
  switch (verb) {
    case "inbox-reply": {
      const sent = await simulator.pageInboxReply(name, {
        psid: need(body, "psid"),
        text: need(body, "text"),
        withoutAppId: body["withoutAppId"] === true,
      });
      return { mid: sent.mid, at: sent.at };
    }
    case "revoke":
      simulator.revokeToken(name);
      return undefined;
    case "restore":
      simulator.restoreToken(name, asText(body["token"]));
      return undefined;
    default:
      throw new AdminError(`no verb ${verb}`);
  }
}

function rawBody(body: JsonObject): string | Json[] {
  const text = asText(body["body"]);
  return text ?? [...(Array.isArray(body["entries"]) ? body["entries"] : [])];
}

function signatureOf(body: JsonObject): Parameters<Simulator["sendRaw"]>[2] {
  const signature = asText(body["signature"]);
  if (signature === undefined) return {};
  const named = signature === "wrong" || signature === "missing" || signature === "other-app";
  return { signature: named ? signature : { value: signature } };
}

function need(body: JsonObject, key: string): string {
  const text = asText(body[key]);
  if (!text) throw new Error(`${key} is missing`);
  return text;
}

function send(response: ServerResponse, status: number, value: Json): void {
  response.writeHead(status, {
    "content-type": "application/json; charset=utf-8",
    "cache-control": "no-store",
  });
  response.end(JSON.stringify(value));
}
