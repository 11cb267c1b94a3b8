import type { IncomingMessage, ServerResponse } from "node:http";
import { readBody } from "../kit/body.ts";
import { asObject, asText, type Json, type JsonObject, parseJson, plain } from "../kit/json.ts";
import { sendFile } from "../kit/media.ts";
import type { Stream } from "../kit/stream.ts";
import { type Customer, customerHandle } from "./customer.ts";
import { FAULTS, isFaultName } from "./faults.ts";
import type { Sim } from "./sim.ts";
import type { Simulator } from "./simulator.ts";

const BODY_LIMIT = 40 * 1024 * 1024;
const LOG_SHOWN = 8;
/** Whom the customer's page can play beside those whom the accounts know. */
const PLAYED = ["Hoàng Minh Tâm", "Nguyễn Thị Hạnh", "Đỗ Quang Vinh"];

interface Deps {
  readonly sim: Sim;
  readonly simulator: Simulator;
  readonly stream: Stream;
}

/** What the customer's page asks and does. */
export async function admin(
  { sim, simulator, stream }: Deps,
  { request, response, url }: { request: IncomingMessage; response: ServerResponse; url: URL },
): Promise<void> {
  const [, area = "", name = "", verb = ""] = url.pathname.split("/").filter(Boolean);
  if (area === "stream")
    return stream.open(response, () => snapshot(sim, url.searchParams.get("user") ?? ""));
  if (area === "media") return sendFile(response, sim.media.get(name));
  const body = asObject(parseJson((await readBody(request, BODY_LIMIT)).toString("utf8")));
  let answer: Json = { ok: true };
  if (area === "state") answer = overview(sim);
  else if (area === "faults") setFault(sim, body);
  else if (area === "clock" && body["reset"] === true) simulator.timeBack();
  else if (area === "clock") simulator.timeTravel(Number(body["advanceMs"] ?? 0));
  else if (area === "revoke") simulator.revoke(name);
  else if (area === "customers" && name === "") answer = meet(sim, simulator, body);
  else if (area === "customers") await act(simulator, customerOf(sim, name), { verb, body });
  else return void response.writeHead(404).end();
  response.writeHead(200, { "content-type": "application/json; charset=utf-8", "cache-control": "no-store" });
  response.end(JSON.stringify(answer));
}

function overview(sim: Sim): Json {
  return {
    oas: [...sim.world.oas.values()].map(({ options, threads }) => ({
      id: options.oaId,
      name: options.name,
      people: [...threads.values()].map(({ userId, name, talkId }) => ({
        userId,
        name,
        visitor: talkId !== null,
      })),
    })),
    people: PLAYED,
    faults: Object.entries(FAULTS).map(([name, value]) => ({ name, value })),
  };
}

function snapshot(sim: Sim, userId: string): Json {
  const customer = find(sim, userId);
  return {
    travelledMs: sim.time.offset(),
    faults: sim.faults.list().map((fault) => ({ ...fault })),
    transcript: customer ? plain(customer.transcript()) : null,
    connected: [...sim.world.oas.values()].map(({ options, grant }) => ({
      id: options.oaId,
      granted: grant !== null,
    })),
    log: sim.sender.log
      .slice(-LOG_SHOWN)
      .toReversed()
      .map(({ id, event, state, statuses }) => ({ id, event, state, status: statuses.at(-1) ?? 0 })),
  };
}

function setFault(sim: Sim, { name, value }: JsonObject): void {
  const known = asText(name) ?? "";
  if (!isFaultName(known)) throw new Error(`unknown fault ${known}`);
  if (value === false) sim.faults.clear(known);
  else sim.faults.set(known);
}

function meet(sim: Sim, simulator: Simulator, body: JsonObject): Json {
  const oaId = asText(body["oaId"]) ?? "";
  const name = asText(body["name"]) ?? "";
  // Somebody whom the account knows already is met under their own id.
  const known = [...(sim.world.oas.get(oaId)?.threads.values() ?? [])].find((t) => t.name === name);
  const { userId } = simulator.customer({
    oaId,
    name,
    userId: known?.userId,
    visitor: body["visitor"] === true,
    phone: asText(body["phone"]),
  });
  return { userId };
}

function find(sim: Sim, userId: string): Customer | undefined {
  for (const { threads } of sim.world.oas.values()) {
    const thread = threads.get(userId);
    if (thread) return customerHandle(sim, thread);
  }
  return undefined;
}

function customerOf(sim: Sim, userId: string): Customer {
  const customer = find(sim, userId);
  if (!customer) throw new Error(`no customer ${userId}`);
  return customer;
}

/** What the page can ask a customer to do: POST /sim/customers/{id}/{verb}. */
async function act(simulator: Simulator, c: Customer, o: { verb: string; body: JsonObject }): Promise<void> {
  const { verb, body } = o;
  const text = asText(body["text"]) ?? "";
  if (verb === "text") await c.text(text, asText(body["quoteId"]));
  else if (verb === "image") await c.image();
  else if (verb === "sticker") await c.sticker();
  else if (verb === "upload") await upload(c, body);
  else if (verb === "location")
    await c.attach({ type: "location", latitude: "21.0278", longitude: "105.8342" });
  else if (verb === "react") await c.react(asText(body["id"]) ?? "", "/-heart");
  else if (verb === "follow") await c.follow();
  else if (verb === "unfollow") await c.unfollow();
  else if (verb === "info") await c.submitInfo();
  else if (verb === "read") await c.read();
  else if (verb === "offline") c.set({ offline: true });
  else if (verb === "online") await simulator.online(c);
  else if (verb === "block" || verb === "unblock") c.set({ blocked: verb === "block" });
  else if (verb === "admin-reply") await simulator.adminReply(c, text);
  else throw new Error(`no verb ${verb}`);
}

async function upload(c: Customer, body: JsonObject): Promise<void> {
  const bytes = Buffer.from(asText(body["base64"]) ?? "", "base64");
  const contentType = asText(body["contentType"]) ?? "application/octet-stream";
  const file = { bytes, contentType, name: asText(body["name"]) ?? "tep" };
  await (contentType.startsWith("image/") ? c.image(file) : c.file(file));
}
