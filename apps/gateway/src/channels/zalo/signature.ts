import { createHash, timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import { exactJson } from "../kit/exact-json.ts";
import type { ZaloConfig } from "./config.ts";
import { accountOf, timestampOf } from "./event.ts";

const FORM = /^(?:mac=)?([0-9a-f]{64})$/i;

/**
 * Whether `X-ZEvent-Signature` is the SHA-256 (no HMAC) of app id, these bytes, the body's timestamp and this account's
 * secret, in constant time. The accounts of one app share a webhook and have secrets of their own, so an event that does
 * not name this account is not verified by it. Source: Zalo for Developers, "Webhook"; see docs/connect/zalo.md for what
 * is not certain.
 */
export function verifySignature(
  config: Pick<ZaloConfig, "appId" | "oaId" | "oaSecret">,
  raw: Buffer,
  headers: IncomingHttpHeaders,
): boolean {
  const header = headers["x-zevent-signature"];
  const hex = typeof header === "string" ? FORM.exec(header.trim())?.[1] : undefined;
  if (hex === undefined) return false;
  const body = parse(raw);
  const timestamp = timestampOf(body);
  if (timestamp === null || accountOf(body, [config.oaId]) !== config.oaId) return false;
  const expected = createHash("sha256")
    .update(config.appId)
    .update(raw)
    .update(timestamp)
    .update(config.oaSecret)
    .digest();
  return timingSafeEqual(expected, Buffer.from(hex, "hex"));
}

function parse(raw: Buffer): unknown {
  try {
    return exactJson(raw.toString("utf8"));
  } catch {
    return undefined;
  }
}
