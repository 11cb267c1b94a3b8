import type { IncomingMessage, ServerResponse } from "node:http";
import { isAsset, sendAsset } from "../kit/assets.ts";
import { readBody } from "../kit/body.ts";
import { isLocal } from "../kit/guard.ts";
import { asList, asObject, asText, type Json, type JsonObject, parseJson, plain } from "../kit/json.ts";
import { sendFile } from "../kit/media.ts";
import type { Stream } from "../kit/stream.ts";
import { FAULTS, isFaultName } from "./faults.ts";
import type { MailSimulator } from "./index.ts";
import { readLetter, shownLetter, subjectOf } from "./mime.ts";
import { lettersOf, type Sim } from "./world.ts";

const PAGE = new URL("page/", import.meta.url);
const LOG_SHOWN = 30;
const BODY_LIMIT = 40 * 1024 * 1024;

interface Deps {
  readonly sim: Sim;
  readonly simulator: Pick<MailSimulator, "write">;
  readonly stream: Stream;
}

/** The customer's mail program and its control. */
export async function own(
  { sim, simulator, stream }: Deps,
  { request, response }: { request: IncomingMessage; response: ServerResponse },
): Promise<unknown> {
  const { pathname, searchParams } = new URL(request.url ?? "/", "http://simulator");
  if (!isLocal(request)) return response.writeHead(403).end("Local use only");
  if (isAsset(pathname)) return sendAsset(response, pathname, PAGE);
  if (pathname === "/sim/stream")
    return stream.open(response, () => snapshot(sim, searchParams.get("address") ?? ""));
  const [, , id = "", index] = /^\/sim\/(file)\/(\w+)\/(\d+)$/.exec(pathname) ?? [];
  if (id !== "") {
    const letter = [...sim.world.customers.values()].flat().find((one) => one.id === id);
    const file = letter && readLetter(letter.raw).files[Number(index)];
    return sendFile(response, file && { ...file, contentType: file.type });
  }
  const body = asObject(parseJson((await readBody(request, BODY_LIMIT)).toString("utf8") || "{}"));
  const answer = control(sim, simulator, { pathname, body });
  response.writeHead(answer === null ? 404 : 200, { "content-type": "application/json; charset=utf-8" });
  return response.end(JSON.stringify(answer ?? { error: "not found" }));
}

function control(
  sim: Sim,
  simulator: Pick<MailSimulator, "write">,
  { pathname, body }: { pathname: string; body: JsonObject },
): Json {
  if (pathname === "/sim/state") return overview(sim);
  if (pathname === "/sim/letters") {
    const text = (name: string): string => asText(body[name]) ?? "";
    simulator.write({
      from: { name: text("name"), address: text("from").toLowerCase() },
      to: text("to"),
      subject: text("subject"),
      text: text("text"),
      files: asList(body["files"])
        .map(asObject)
        .map((file) => ({
          name: asText(file["name"]) ?? "tep",
          type: asText(file["contentType"]) || "application/octet-stream",
          bytes: Buffer.from(asText(file["base64"]) ?? "", "base64"),
        })),
    });
    return { ok: true };
  }
  const name = asText(body["name"]) ?? "";
  if (pathname !== "/sim/faults" || !isFaultName(name)) return null;
  if (body["on"] === false) sim.faults.clear(name);
  else sim.faults.set(name);
  return { ok: true };
}

const overview = ({ world }: Sim): Json =>
  plain({
    mailboxes: [...world.mailboxes.values()].map(({ address, name }) => ({ address, name })),
    customers: [...world.customers.keys()],
    knownFaults: Object.keys(FAULTS),
  });

const snapshot = (sim: Sim, address: string): Json =>
  plain({
    letters: lettersOf(sim.world, address).map(({ id, mine, mailbox, at, raw }) => ({
      id,
      mine,
      mailbox,
      at,
      ...asObject(shownLetter(readLetter(raw))),
    })),
    faults: sim.faults.list(),
    log: [...sim.world.mailboxes.values()].flatMap(({ address: mailbox, letters }) =>
      letters
        .slice(-LOG_SHOWN)
        .map(({ uid, raw, isFetched = false }) => ({ mailbox, uid, isFetched, subject: subjectOf(raw) }))
        .toReversed(),
    ),
  });
