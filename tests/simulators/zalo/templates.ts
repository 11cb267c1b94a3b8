import type { ServerResponse } from "node:http";
import { asObject, asText, type Json, type JsonObject } from "../kit/json.ts";
import { ZaloError } from "./errors.ts";
import { templateArrived } from "./events.ts";
import { arrive, type Outcome, tell } from "./messages.ts";
import type { Sim } from "./sim.ts";
import {
  DAY_MS,
  newMessageId,
  type Oa,
  personThread,
  type StoredMessage,
  type Template,
  type Thread,
} from "./world.ts";

const TRACKING_LENGTH = 48;
/** The vendor refuses to list more at once. */
const MOST = 100;
/** Templates may be sent so often a day. */
export const DAILY_TEMPLATES = 500;

/** `GET /template/all`. Its filter by state wants a number, although the answer tells words; nobody needs it. */
export function listTemplates(oa: Oa, query: URLSearchParams): Json {
  const [offset, limit] = [Number(query.get("offset")), Number(query.get("limit"))];
  if (!Number.isInteger(offset) || !(limit > 0 && limit <= MOST) || query.has("status"))
    throw new ZaloError(-132, "Invalid parameter");
  return oa.templates.slice(offset, offset + limit).map(({ id, name, status }) => ({
    templateId: Number(id),
    templateName: name,
    createdTime: 1_750_000_000_000,
    status,
    templateQuality: status === "DISABLE" ? "LOW" : "HIGH",
  }));
}

/** `GET /template/info/v2`: the words are not told, only where they can be looked at. */
export function templateInfo(oa: Oa, id: string, base: string): JsonObject {
  const { name, status, price, params } = known(oa, id);
  return {
    templateId: Number(id),
    templateName: name,
    status,
    price: `${price}.0`,
    previewUrl: `${base}/preview/${oa.options.oaId}/${id}`,
    templateQuality: status === "DISABLE" ? "LOW" : "HIGH",
    templateTag: "TRANSACTION",
    timeout: 7_200_000,
    listButtons: [],
    listParams: params.map((p) => ({
      name: p.name,
      type: p.type,
      require: p.require,
      maxLength: p.maxLength,
      minLength: p.require ? 1 : 0,
      acceptNull: !p.require,
    })),
  };
}

/** The page of a template that its `previewUrl` leads to. */
export function previewPage(sim: Sim, path: string, response: ServerResponse): void {
  const [, , oaId = "", id = ""] = path.split("/");
  const template = sim.world.oas.get(oaId)?.templates.find((one) => one.id === id);
  response.writeHead(template ? 200 : 404, { "content-type": "text/html; charset=utf-8" });
  const words = (template?.text ?? "Không có mẫu này").replaceAll("<", "&lt;");
  response.end(`<!doctype html><meta charset="utf-8"><title>Mẫu tin</title><p>${words}</p>`);
}

/** What may still be sent today, and until when that counts: the vendor's day begins at midnight in Vietnam. */
export function quotaOf(sim: Sim, oa: Oa): JsonObject {
  return {
    dailyQuota: String(DAILY_TEMPLATES),
    remainingQuota: String(DAILY_TEMPLATES - sentToday(sim, oa)),
    dailyQuotaPromotion: "0",
    remainingQuotaPromotion: "0",
  };
}

const dayOf = (sim: Sim): number => Math.floor((sim.time.windowNow() + 7 * 3_600_000) / DAY_MS);
const sentToday = (sim: Sim, oa: Oa): number =>
  oa.templatesSent.day === dayOf(sim) ? oa.templatesSent.count : 0;

function known(oa: Oa, id: string): Template {
  const template = oa.templates.find((one) => one.id === id);
  if (!template) throw new ZaloError(-109, "Template ID is invalid");
  return template;
}

/** By telephone number: `POST /message/template`. Whoever has no such number cannot be reached. */
export function sendByPhone(sim: Sim, oa: Oa, body: JsonObject): Outcome {
  const phone = asText(body["phone"]) ?? "";
  const trackingId = asText(body["tracking_id"]) ?? "";
  if (!/^84[35789]\d{8}$/.test(phone)) throw new ZaloError(-108, "Phone number is invalid");
  if (trackingId === "" || trackingId.length > TRACKING_LENGTH)
    throw new ZaloError(-132, "tracking_id is invalid");
  const thread = [...oa.threads.values()].find((one) => one.phone === phone);
  if (thread?.blocked) throw new ZaloError(-119, "User cannot receive the message");
  const message = pay(sim, oa, body);
  (thread ?? personThread(oa, { name: phone, phone })).messages.push({ ...message, state: "received" });
  sim.changed();
  const { id, at } = message;
  return {
    data: { msg_id: id, sent_time: String(at), quota: quotaOf(sim, oa) },
    after: () => templateArrived(sim, oa, { phone, id, trackingId }),
  };
}

/** By user id: `POST /v3.0/oa/message/template`. The echo tells neither the words nor any word of ours. */
export async function sendById(sim: Sim, oa: Oa, body: JsonObject): Promise<Outcome> {
  const thread = oa.threads.get(asText(body["user_id"]) ?? "");
  if (!thread || thread.talkId !== null) throw new ZaloError(-201, "user_id is invalid");
  if (thread.blocked) throw new ZaloError(-244);
  const message = pay(sim, oa, body);
  thread.messages.push(message);
  sim.changed();
  const isFirst = sim.faults.strike("echo.beforeResponse") !== undefined;
  if (isFirst) await tellTemplate(sim, thread, message);
  const data = { message_id: message.id, user_id: thread.userId, quota: quotaOf(sim, oa) };
  return isFirst ? { data } : { data, after: () => tellTemplate(sim, thread, message) };
}

async function tellTemplate(sim: Sim, thread: Thread, message: StoredMessage): Promise<void> {
  const { text: _, ...echoed } = message;
  await tell(sim, thread, { ...echoed, attachments: [{ type: "template", url: "" }], state: "received" });
  if (!thread.offline) await arrive(sim, thread, message);
}

/** Checks what both ways check, takes the price, and makes the message. */
function pay(sim: Sim, oa: Oa, body: JsonObject): StoredMessage {
  const template = known(oa, asText(body["template_id"]) ?? "");
  if (template.status === "DISABLE") throw new ZaloError(-146, "Template is disabled");
  if (template.status !== "ENABLE") throw new ZaloError(-131, "Template is not approved");
  const data = asObject(body["template_data"]);
  for (const param of template.params) check(param, asText(data[param.name]));
  const error = sim.faults.strike("template.error");
  if (error !== undefined) throw new ZaloError(Number(error), "Template was not sent");
  if (oa.options.cloudAccount === false) throw new ZaloError(-136, "Zalo Cloud Account is not linked");
  if (oa.chargedLeft <= 0) throw new ZaloError(-115, "Out of balance");
  const count = sentToday(sim, oa) + 1;
  if (count > DAILY_TEMPLATES) throw new ZaloError(-144, "Daily quota is used up");
  oa.chargedLeft -= 1;
  oa.templatesSent = { day: dayOf(sim), count };
  const text = template.params.reduce(
    (words, { name }) => words.replaceAll(`<${name}>`, asText(data[name]) ?? ""),
    template.text,
  );
  const at = sim.time.stamp();
  return { id: newMessageId(), from: "oa", at, text, attachments: [], charged: true, state: "sent" };
}

function check(param: Template["params"][number], value: string | undefined): void {
  if (value === undefined || value === "") {
    if (param.require) throw new ZaloError(-112, `template_data.${param.name} is missing`);
    return;
  }
  if (value.length > param.maxLength) throw new ZaloError(-112, `template_data.${param.name} is too long`);
  if (param.type === "NUMBER" && !/^\d+$/.test(value))
    throw new ZaloError(-112, `template_data.${param.name} must be a number`);
  if (param.type === "DATE" && !/^(\d\d:\d\d(:\d\d)? )?\d{2}\/\d{2}\/\d{4}$/.test(value))
    throw new ZaloError(-112, `template_data.${param.name} must be DD/MM/YYYY`);
}
