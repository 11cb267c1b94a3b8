import { createHmac, timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";

const FORM = /^sha256=([0-9a-f]{64})$/;

/**
 * Whether `X-Hub-Signature-256` is the HMAC-SHA256 of exactly these bytes under the app's secret, in constant time.
 * Meta escapes characters in its own way before signing, so a body that was parsed and serialised again does not pass.
 * The SHA-1 header that may stand beside it is not looked at. Source: Meta, "Webhooks", validating payloads.
 */
export function verifySignature(appSecret: string, raw: Buffer, headers: IncomingHttpHeaders): boolean {
  const header = headers["x-hub-signature-256"];
  const hex = typeof header === "string" ? FORM.exec(header)?.[1] : undefined;
  if (hex === undefined) return false;
  const expected = createHmac("sha256", appSecret).update(raw).digest();
  return timingSafeEqual(expected, Buffer.from(hex, "hex"));
}

/**
 * Proof that the holder of the token also knows the app's secret: lower-case hex of HMAC-SHA256(key: secret, data: token).
 * Source: Meta, "Securing Graph API requests".
 */
export const appSecretProof = (appSecret: string, token: string): string =>
  createHmac("sha256", appSecret).update(token).digest("hex");
