import { z } from "zod";
import type { InboundAttachment } from "../channel.ts";
import { Text, VendorId, webUrl } from "../kit/values.ts";
import { shownFacts } from "./shown-facts.ts";

const loose = z.looseObject({}).nullish().catch(null);

const Attachment = z.object({
  type: Text.catch("unknown"),
  payload: loose,
  title: Text.nullish().catch(null),
  url: z.unknown().optional(),
});
type Attachment = z.infer<typeof Attachment>;

const StickerId = VendorId.nullish().catch(null);
const Title = Text.nullish().catch(null);

const empty = { fetchUrl: null, title: null, url: null } as const;

/** The last step of the link's path: Meta tells a file's name nowhere else. */
function nameIn(url: string | null, fallback: string): string {
  const last = url === null ? "" : (new URL(url).pathname.split("/").at(-1) ?? "");
  try {
    return Text.parse(decodeURIComponent(last)) || fallback;
  } catch {
    return last || fallback;
  }
}

function media(kind: "image" | "video" | "audio" | "file" | "sticker", a: Attachment): InboundAttachment {
  const fetchUrl = webUrl(a.payload?.["url"]);
  if (fetchUrl === null) return { ...empty, kind: "unsupported", name: a.type };
  return { ...empty, kind, fetchUrl, name: kind === "sticker" ? "sticker" : nameIn(fetchUrl, kind) };
}

/** In echoes title and address stand on the attachment itself; a null payload leaves the address to the text. */
function link(a: Attachment, text: string): InboundAttachment {
  const inText = /https?:\/\/\S+/i.exec(text)?.[0];
  const url = webUrl(a.payload?.["url"]) ?? webUrl(a.url) ?? webUrl(inText);
  const title = Title.parse(a.payload?.["title"]) ?? a.title ?? null;
  const kind = url === null && title === null ? "unsupported" : "link";
  return { ...empty, kind, name: a.type, title, url };
}

const Element = z.object({
  title: Title,
  subtitle: Title,
  image_url: z.unknown().optional(),
  item_url: z.unknown().optional(),
  default_action: loose,
});
const Elements = z.array(Element.catch({})).catch([]);

function cards(a: Attachment): InboundAttachment[] {
  const product = loose.parse(a.payload?.["product"]);
  const elements = Elements.parse(product?.["elements"] ?? a.payload?.["elements"]);
  const text = Title.parse(a.payload?.["text"]) ?? a.title ?? null;
  if (elements.length === 0) return [{ ...empty, kind: "card", name: a.type, title: text }];
  return elements.map((e) => ({
    kind: "card",
    name: a.type,
    fetchUrl: webUrl(e.image_url),
    title: [e.title, e.subtitle].filter(Boolean).join(" · ") || text,
    url: webUrl(e.default_action?.["url"]) ?? webUrl(e.item_url),
  }));
}

const Seconds = z.coerce.number().int().positive().max(8_640_000_000_000);

function booking(a: Attachment): InboundAttachment {
  const told = shownFacts(a.payload ?? {});
  const moment = (name: string): string | undefined => {
    const seconds = Seconds.safeParse(told[name]);
    return seconds.success ? new Date(seconds.data * 1000).toISOString() : undefined;
  };
  const parts = [told["status"], moment("start_time"), moment("end_time"), told["timezone"]];
  return { ...empty, kind: "card", name: a.type, title: parts.filter(Boolean).join(" · ") || null };
}

const Coordinates = z.object({ lat: z.number().min(-90).max(90), long: z.number().min(-180).max(180) });

/** Not in Meta's current list, but in older ones. */
function place(a: Attachment): InboundAttachment {
  const found = Coordinates.safeParse(a.payload?.["coordinates"]);
  if (!found.success) return { ...link(a, ""), kind: "location" };
  const { lat, long } = found.data;
  const url = `https://www.openstreetmap.org/?mlat=${lat}&mlon=${long}`;
  return { ...empty, kind: "location", name: a.type, title: a.title ?? `${lat}, ${long}`, url };
}

function readOne(a: Attachment, text: string): InboundAttachment[] {
  switch (a.type) {
    case "image":
      return [media(StickerId.parse(a.payload?.["sticker_id"]) ? "sticker" : "image", a)];
    case "video":
    case "audio":
    case "file":
    case "sticker":
      return [media(a.type, a)];
    case "fallback":
    case "reel":
    case "ig_reel":
    case "post":
    case "ig_post":
      return [link(a, text)];
    case "template":
      return cards(a);
    case "appointment_booking":
      return [booking(a)];
    case "location":
      return [place(a)];
    default:
      return [{ ...empty, kind: "unsupported", name: a.type, url: webUrl(a.payload?.["url"]) }];
  }
}

/**
 * The attachments of one message, each read by itself. A sticker that comes a second time as an image with the same
 * sticker id (as payloads did until August 2026) is one sticker.
 * @param text the message's text, where the address of a bare link preview is found
 */
export function readAttachments(values: readonly unknown[], text: string): InboundAttachment[] {
  const stickers = new Set<string>();
  return values.flatMap((value) => {
    const parsed = Attachment.safeParse(value);
    if (!parsed.success) return [{ ...empty, kind: "unsupported" as const, name: "unknown" }];
    const stickerId = StickerId.parse(parsed.data.payload?.["sticker_id"]);
    if (stickerId && stickers.has(stickerId)) return [];
    if (stickerId) stickers.add(stickerId);
    return readOne(parsed.data, text);
  });
}
