import type { ServerResponse } from "node:http";
import { sendAsset } from "../kit/assets.ts";
import { asObject, asText, type Json, parseJson, plain } from "../kit/json.ts";
import type { Stream } from "../kit/stream.ts";
import { FAULTS, isFaultName } from "./faults.ts";
import type { SmsSimulator } from "./index.ts";
import type { Call } from "./sim.ts";

const PAGE = new URL("page/", import.meta.url);

/** The phone's screen and its control, for the person who plays the customer. */
export async function own(
  simulator: SmsSimulator,
  stream: Stream,
  { call, response }: { call: Call; response: ServerResponse },
): Promise<unknown> {
  const { pathname } = call.url;
  if (pathname === "/sim/stream") return stream.open(response, () => stateOf(simulator));
  if (!pathname.startsWith("/sim/")) return sendAsset(response, pathname, PAGE);
  const answer = await control(simulator, call);
  response.writeHead(answer === null ? 404 : 200, { "content-type": "application/json" });
  return response.end(JSON.stringify(answer ?? { error: "not found" }));
}

async function control(simulator: SmsSimulator, { method, url, body }: Call): Promise<Json> {
  if (url.pathname === "/sim/state" && method === "GET") return stateOf(simulator);
  const input = asObject(parseJson(body || "{}"));
  const text = (name: string): string => asText(input[name]) ?? "";
  if (url.pathname === "/sim/texts" && method === "POST") {
    const status = await simulator.write({ from: text("from"), to: text("to"), text: text("text") });
    return { status };
  }
  if (url.pathname === "/sim/faults" && method === "POST") {
    const name = text("name");
    if (!isFaultName(name)) return null;
    if (input["on"] === false) simulator.faults.clear(name);
    else simulator.faults.set(name, undefined, input["once"] === true ? { times: 1 } : {});
    return { ok: true };
  }
  return null;
}

const stateOf = (simulator: SmsSimulator): Json =>
  plain({
    accounts: simulator.accounts.map(({ provider, sender }) => ({ provider, sender })),
    phones: simulator.phones().map(({ number, texts }) => ({ number, texts })),
    log: simulator.log.toReversed(),
    faults: simulator.faults.list(),
    knownFaults: Object.keys(FAULTS),
  });
