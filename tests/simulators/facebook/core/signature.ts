import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";

export function hmacHex(key: string, data: string | Uint8Array): string {
  return createHmac("sha256", key).update(data).digest("hex");
}

export function signBody(appSecret: string, body: Uint8Array): string {
  return `sha256=${hmacHex(appSecret, body)}`;
}

export function appSecretProof(appSecret: string, token: string): string {
  return hmacHex(appSecret, token);
}

export function sameText(left: string, right: string): boolean {
  const a = Buffer.from(left);
  const b = Buffer.from(right);
  return a.length === b.length && timingSafeEqual(a, b);
}

export function forgedSignature(): string {
  return `sha256=${randomBytes(32).toString("hex")}`;
}
