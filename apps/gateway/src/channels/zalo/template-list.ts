import type { MessageTemplate, TemplateParam } from "@tongdai/shared";
import { z } from "zod";
import { Text, VendorId, webUrl } from "../kit/values.ts";
import type { Api } from "./api.ts";
import { templateRefusal } from "./template-errors.ts";

/** The vendor gives at most 100 at a time. */
const PAGE = 100;
/** A contact centre with more has other troubles; the screen is searched by name. */
const MOST = 500;
/** Asked together; each template is a request of its own. */
const TOGETHER = 8;

const Listed = z.object({ templateId: VendorId, status: Text.catch("") });
const Page = z.array(z.unknown());

const Quality = z
  .enum(["HIGH", "MEDIUM", "LOW"])
  .transform((q) => q.toLowerCase())
  .pipe(z.enum(["high", "medium", "low"]))
  .nullable()
  .catch(null);

const Param = z.object({
  name: Text.pipe(z.string().min(1)),
  require: z.boolean().catch(false),
  type: Text.catch("STRING"),
  minLength: z.coerce.number().int().nonnegative().catch(0),
  maxLength: z.coerce.number().int().positive().catch(200),
});

const Info = z.object({
  templateId: VendorId,
  templateName: Text.catch(""),
  status: Text.catch(""),
  templateQuality: Quality,
  listParams: z.array(Param).catch([]),
  previewUrl: z.unknown(),
  price: z.coerce.number().nonnegative().nullable().catch(null),
});

const STATE: Readonly<Record<string, MessageTemplate["state"]>> = {
  ENABLE: "ready",
  PENDING_REVIEW: "pending",
  REJECT: "rejected",
};

/**
 * The account's templates with their parameters: `GET /template/all`, then `GET /template/info/v2` for each that may be sent. The
 * words of a template are not told, only the address of its picture. Source: Zalo for Developers, "ZNS: templates".
 * @throws AppError `channel_paused`, `channel_refused`, `unavailable`
 */
export async function listTemplates(api: Api, signal: AbortSignal): Promise<MessageTemplate[]> {
  const listed = await allOf(api, signal);
  const found: MessageTemplate[] = [];
  for (let from = 0; from < listed.length; from += TOGETHER)
    found.push(
      ...(await Promise.all(listed.slice(from, from + TOGETHER).map((id) => infoOf(api, id, signal)))).filter(
        (template) => template !== null,
      ),
    );
  return found;
}

async function allOf(api: Api, signal: AbortSignal): Promise<string[]> {
  const ids: string[] = [];
  while (ids.length < MOST) {
    const query = { offset: String(ids.length), limit: String(PAGE) };
    const answer = await api({ method: "GET", door: "business", path: "/template/all", query }, signal);
    if (answer.kind !== "ok") throw templateRefusal(answer);
    const page = Page.safeParse(answer.data).data ?? [];
    // What cannot be read is no template, and what was deleted is none any more.
    for (const one of page) {
      const listed = Listed.safeParse(one).data;
      if (listed && listed.status !== "DELETE") ids.push(listed.templateId);
    }
    if (page.length < PAGE) break;
  }
  return ids;
}

/** `null`: the vendor's word on it cannot be read. */
async function infoOf(api: Api, id: string, signal: AbortSignal): Promise<MessageTemplate | null> {
  const request = {
    method: "GET",
    door: "business",
    path: "/template/info/v2",
    query: { template_id: id },
  } as const;
  const answer = await api(request, signal);
  if (answer.kind !== "ok") throw templateRefusal(answer);
  const info = Info.safeParse(answer.data).data;
  if (!info) return null;
  return {
    id: info.templateId,
    name: info.templateName || info.templateId,
    state: STATE[info.status] ?? "disabled",
    language: null,
    text: null,
    previewUrl: webUrl(info.previewUrl),
    params: info.listParams.map(toParam),
    price: info.price === null ? null : { amount: info.price, currency: "VND" },
    quality: info.templateQuality,
  };
}

const KIND: Readonly<Record<string, TemplateParam["kind"]>> = { NUMBER: "number", DATE: "date" };

const toParam = (p: z.infer<typeof Param>): TemplateParam => ({
  name: p.name,
  kind: KIND[p.type] ?? "text",
  required: p.require,
  minLength: p.minLength,
  maxLength: p.maxLength,
});
