import { z } from "zod";
import type { InboundAttachment } from "../channel.ts";
import { Text, VendorId, webUrl } from "../kit/values.ts";

const Loose = z.looseObject({}).nullish().catch(null);
const Attachment = z.object({ type: Text.catch("unknown"), payload: Loose });
type Attachment = z.infer<typeof Attachment>;

const Words = Text.nullish().catch(null);
const empty = { fetchUrl: null, title: null, url: null } as const;

function media(kind: InboundAttachment["kind"], name: string, a: Attachment): InboundAttachment {
  const fetchUrl = webUrl(a.payload?.["url"]);
  return fetchUrl === null
    ? { ...empty, kind: "unsupported", name: a.type }
    : { ...empty, kind, name, fetchUrl, title: Words.parse(a.payload?.["description"]) ?? null };
}

/** A card's facts stand as JSON in the link's description; broken JSON leaves the link. */
const Card = z.looseObject({ phone: z.coerce.string(), caption: Words, name: Words });

function cardOf(a: Attachment): InboundAttachment | null {
  const description = Words.parse(a.payload?.["description"]);
  if (!description?.trimStart().startsWith("{")) return null;
  try {
    const card = Card.safeParse(JSON.parse(description));
    if (!card.success) return null;
    const { phone, caption, name } = card.data;
    const title = [caption ?? name, Text.parse(phone)].filter(Boolean).join(" · ");
    return {
      kind: "card",
      name: "business_card",
      fetchUrl: webUrl(a.payload?.["thumbnail"]),
      title,
      url: null,
    };
  } catch {
    return null;
  }
}

function link(a: Attachment): InboundAttachment {
  const card = cardOf(a);
  if (card) return card;
  const url = webUrl(a.payload?.["url"]);
  const title = Words.parse(a.payload?.["title"]) ?? Words.parse(a.payload?.["description"]) ?? null;
  return {
    ...empty,
    kind: url === null && title === null ? "unsupported" : "link",
    name: a.type,
    title,
    url,
  };
}

const Degrees = (most: number) => z.coerce.number().min(-most).max(most);
const Coordinates = z.object({ latitude: Degrees(90), longitude: Degrees(180) });

/** Coordinates come as texts. */
function place(a: Attachment): InboundAttachment {
  const found = Coordinates.safeParse(a.payload?.["coordinates"]);
  if (!found.success) return { ...empty, kind: "location", name: a.type };
  const { latitude, longitude } = found.data;
  const url = `https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}`;
  return { ...empty, kind: "location", name: a.type, title: `${latitude}, ${longitude}`, url };
}

function sticker(a: Attachment): InboundAttachment {
  const id = VendorId.safeParse(a.payload?.["id"]).data ?? null;
  const shown = media("sticker", "sticker", a);
  return shown.kind === "sticker" ? shown : { ...empty, kind: "sticker", name: "sticker", title: id };
}

function readOne(a: Attachment): InboundAttachment {
  switch (a.type) {
    case "image":
    case "gif":
      return media("image", a.type, a);
    case "audio":
    case "video":
      return media(a.type, a.type, a);
    case "file":
      return media("file", Words.parse(a.payload?.["name"]) || "file", a);
    case "sticker":
      return sticker(a);
    case "link":
      return link(a);
    case "location":
      return place(a);
    default:
      return { ...empty, kind: "unsupported", name: a.type, url: webUrl(a.payload?.["url"]) };
  }
}

/** The attachments of one message, each read by itself. */
export const readAttachments = (values: readonly unknown[]): InboundAttachment[] =>
  values.map((value) => {
    const parsed = Attachment.safeParse(value);
    return parsed.success ? readOne(parsed.data) : { ...empty, kind: "unsupported", name: "unknown" };
  });
