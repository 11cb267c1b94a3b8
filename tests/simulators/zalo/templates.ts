import { asObject, asText, type Json, type JsonObject } from "../kit/json.ts";
import { ZaloError } from "./errors.ts";
import { templateArrived } from "./events.ts";
import type { Outcome } from "./messages.ts";
import type { Sim } from "./sim.ts";
import { newMessageId, type Oa, personThread, type Template } from "./world.ts";

const TRACKING_LENGTH = 48;

export const listTemplates = (oa: Oa): Json =>
  oa.templates.map(({ id, name, status }) => ({
    templateId: Number(id),
    templateName: name,
    status,
    templateQuality: "HIGH",
  }));

export function templateInfo(oa: Oa, id: string): JsonObject {
  const { name, status, price, params, text } = known(oa, id);
  return {
    templateId: Number(id),
    templateName: name,
    status,
    price: String(price),
    previewText: text,
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

function known(oa: Oa, id: string): Template {
  const template = oa.templates.find((one) => one.id === id);
  if (!template) throw new ZaloError(-112, "Template not found");
  return template;
}

/** By telephone number: `POST /message/template`. Whoever has no such number cannot be reached. */
export function sendTemplate(sim: Sim, oa: Oa, body: JsonObject): Outcome {
  const phone = asText(body["phone"]) ?? "";
  const trackingId = asText(body["tracking_id"]) ?? "";
  if (!/^84\d{9}$/.test(phone)) throw new ZaloError(-108, "Phone number is invalid");
  if (trackingId === "" || trackingId.length > TRACKING_LENGTH)
    throw new ZaloError(-118, "tracking_id is invalid");
  const template = known(oa, asText(body["template_id"]) ?? "");
  if (template.status !== "ENABLE") throw new ZaloError(-131, "Template is not approved");
  const data = asObject(body["template_data"]);
  for (const param of template.params) check(param, asText(data[param.name]));
  if (oa.options.cloudAccount === false) throw new ZaloError(-136, "Zalo Cloud Account is not linked");
  if (oa.chargedLeft <= 0) throw new ZaloError(-115, "Out of quota");
  const thread = [...oa.threads.values()].find((one) => one.phone === phone);
  if (thread?.blocked) throw new ZaloError(-119, "User cannot receive the message");
  oa.chargedLeft -= 1;
  const id = newMessageId();
  const text = template.params.reduce(
    (words, { name }) => words.replaceAll(`<${name}>`, asText(data[name]) ?? ""),
    template.text,
  );
  const to = thread ?? personThread(oa, { name: phone, phone });
  const at = sim.time.stamp();
  to.messages.push({ id, from: "oa", at, text, attachments: [], charged: true, state: "received" });
  sim.changed();
  return {
    data: {
      msg_id: id,
      sent_time: String(at),
      quota: { remainingQuota: String(oa.chargedLeft), dailyQuota: "500" },
    },
    after: () => templateArrived(sim, oa, { phone, id, trackingId }),
  };
}

function check(param: Template["params"][number], value: string | undefined): void {
  if (value === undefined || value === "") {
    if (param.require) throw new ZaloError(-1321, `template_data.${param.name} is missing`);
    return;
  }
  if (value.length > param.maxLength) throw new ZaloError(-1322, `template_data.${param.name} is too long`);
  if (param.type === "NUMBER" && !/^\d+$/.test(value))
    throw new ZaloError(-1323, `template_data.${param.name} must be a number`);
  if (param.type === "DATE" && !/^\d{2}\/\d{2}\/\d{4}$/.test(value))
    throw new ZaloError(-1323, `template_data.${param.name} must be DD/MM/YYYY`);
}
