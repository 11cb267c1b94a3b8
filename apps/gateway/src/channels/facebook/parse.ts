import { cleanText } from "@tongdai/shared";
import { z } from "zod";
import type { ParsedItem } from "../channel.ts";
import { digest, millis, reason, safeDigest, VendorId } from "../kit/values.ts";
import { readFeed } from "./comment-parse.ts";
import { type Item, openItem, type Reader, type Surroundings } from "./item.ts";
import { readEdit, readMessage, readPostback } from "./message.ts";
import { notice, readAppRoles, readPolicy } from "./notices.ts";
import { readDelivery, readReaction, readRead } from "./receipts.ts";

const silent = { opensWindow: false };

/** An item is what its key says. Order matters: a message may carry app hops beside it and is still a message. */
const readers: readonly (readonly [string, Reader])[] = [
  ["message", readMessage],
  ["postback", readPostback],
  ["delivery", readDelivery],
  ["read", readRead],
  ["reaction", readReaction],
  ["message_edit", readEdit],
  ["referral", notice("referral", { opensWindow: true })],
  ["pass_thread_control", notice("pass_thread_control", silent)],
  ["take_thread_control", notice("take_thread_control", silent)],
  ["request_thread_control", notice("request_thread_control", silent)],
  ["app_roles", readAppRoles],
  ["optin", notice("optin", silent)],
  ["policy_enforcement", readPolicy],
  ["account_linking", notice("account_linking", silent)],
  ["response_feedback", notice("response_feedback", silent)],
  ["order", notice("order", silent)],
  ["lead", notice("lead", silent)],
  ["hop_context", notice("hop_context", silent)],
];

const envelopeKeys = new Set(["sender", "recipient", "timestamp"]);

const Body = z.object({ object: z.string(), entry: z.array(z.unknown()) });

const List = z.array(z.unknown()).nullish();
const Entry = z.looseObject({ id: VendorId, messaging: List, standby: List, changes: List });
type Entry = z.infer<typeof Entry>;

/**
 * A webhook body of Meta's page object as events, in the order given; never throws. Where an id is a number beyond 2^53 it
 * is already rounded, and its item becomes `unsupported` instead of going to a stranger. Source: Meta, "Webhooks for
 * Messenger Platform", webhook events.
 */
export function parseBody(body: unknown): ParsedItem[] {
  const parsed = Body.safeParse(body);
  if (!parsed.success) return [unsupported("", body, `body: ${reason(parsed.error)}`)];
  const { object, entry } = parsed.data;
  return entry.flatMap((value) => (object === "page" ? parseEntry(value) : foreignEntry(object, value)));
}

function foreignEntry(object: string, value: unknown): ParsedItem[] {
  const entry = Entry.safeParse(value);
  return [unsupported(entry.data?.id ?? "", value, `object: ${object.slice(0, 50)}`)];
}

function parseEntry(value: unknown): ParsedItem[] {
  const parsed = Entry.safeParse(value);
  if (!parsed.success) return [unsupported("", value, `entry: ${reason(parsed.error)}`)];
  const entry = parsed.data;
  const around = { page: entry.id, entryTime: millis(entry["time"]) };
  const items = [
    ...(entry.messaging ?? []).map((item) => parseItem(item, { ...around, live: true })),
    ...(entry.standby ?? []).map((item) => parseItem(item, { ...around, live: false })),
    ...(entry.changes ?? []).map((change) => parseChange(change, entry)),
  ];
  return items.length > 0 ? items : [unsupported(entry.id, value, "entry: nothing known in it")];
}

function parseItem(value: unknown, around: Surroundings): ParsedItem {
  try {
    const item = openItem(value, around);
    return { accountExternalId: item.page, at: item.at, ...readItem(item) };
  } catch (error) {
    return unsupported(around.page, value, reason(error), around.entryTime);
  }
}

function readItem(item: Item): ReturnType<Reader> {
  const found = readers.find(([key]) => item.raw[key] !== undefined && item.raw[key] !== null);
  if (found) return found[1](item.raw[found[0]], item);
  const keys = Object.keys(item.raw).filter((key) => !envelopeKeys.has(key));
  const why = `event: ${keys.join(", ").slice(0, 200) || "none"}`;
  return { key: digest(item.raw), event: { kind: "unsupported", why: cleanText(why) } };
}

const Change = z.object({
  field: z.string(),
  value: z
    .looseObject({ item: z.string().nullish().catch(null), verb: z.string().nullish().catch(null) })
    .nullish()
    .catch(null),
});

/** Comments, and what else happens on the page: that is only kept. */
function parseChange(value: unknown, entry: Entry): ParsedItem {
  const toldAt = millis(entry["time"]);
  const keep = (why: string) => unsupported(entry.id, value, `change: ${why.slice(0, 100)}`, toldAt);
  const change = Change.safeParse(value);
  if (!change.success) return keep(reason(change.error));
  const { field, value: of } = change.data;
  const what = [field, of?.item, of?.verb].filter(Boolean).join("/");
  if (field !== "feed" || !of) return keep(what);
  try {
    const read = readFeed(of, { page: entry.id, toldAt });
    return read ? { accountExternalId: entry.id, ...read } : keep(what);
  } catch (error) {
    return keep(`${what}: ${reason(error)}`);
  }
}

function unsupported(page: string, value: unknown, why: string, at: number | null = null): ParsedItem {
  return {
    accountExternalId: page,
    key: safeDigest([page, value]),
    at,
    event: { kind: "unsupported", why: cleanText(why) },
  };
}
