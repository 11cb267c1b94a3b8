import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import type { ParsedItem } from "../channel.ts";
import { Body, Item } from "./inbound-schema.ts";

const HEADER = "x-fake-signature";

const mac = (secret: string, raw: Buffer): Buffer => createHmac("sha256", secret).update(raw).digest();

export const sign = (secret: string, raw: Buffer): IncomingHttpHeaders => ({
  [HEADER]: mac(secret, raw).toString("hex"),
});

export function verify(secret: string, raw: Buffer, headers: IncomingHttpHeaders): boolean {
  const given = headers[HEADER];
  if (typeof given !== "string" || !/^[0-9a-f]{64}$/.test(given)) return false;
  return timingSafeEqual(mac(secret, raw), Buffer.from(given, "hex"));
}

export function handshake(verifyToken: string, query: URLSearchParams): string | null {
  return query.get("token") === verifyToken ? query.get("challenge") : null;
}

/** Item by item, as a real adapter reads: a broken one is kept as `unsupported`. */
export function parse(body: unknown): ParsedItem[] {
  const parsed = Body.safeParse(body);
  if (!parsed.success) return [unsupported(body)];
  return parsed.data.items.map((value) => Item.safeParse(value).data ?? unsupported(value));
}

function unsupported(value: unknown): ParsedItem {
  const key = createHash("sha256")
    .update(JSON.stringify(value) ?? "undefined")
    .digest("hex");
  return { accountExternalId: "", key, at: null, event: { kind: "unsupported", why: "not an item" } };
}
