import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import type { WebhookRequest } from "../channel.ts";

/**
 * What a form post is signed over: the address as called, then each parameter, in byte order of the names, name and value
 * without separators; of a repeated one each different value once, in order. Source: Twilio, "Security".
 */
function signedText(url: string, form: URLSearchParams): string {
  const names = [...new Set(form.keys())].sort(byBytes);
  const parts = names.flatMap((name) =>
    [...new Set(form.getAll(name))].sort(byBytes).map((value) => name + value),
  );
  return url + parts.join("");
}

const byBytes = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));

const mac = (token: string, text: string): Buffer => createHmac("sha1", token).update(text).digest();

/** The same address with and without the port that its scheme stands for: the vendor has signed either. */
function spellings(url: URL): string[] {
  const standard = url.protocol === "https:" ? "443" : "80";
  const bare = url.href;
  if (url.port !== "") return [bare];
  return [bare, bare.replace(`//${url.host}`, `//${url.host}:${standard}`)];
}

/**
 * Whether `X-Twilio-Signature` is the HMAC-SHA1 of what we were asked for under one of these tokens, in constant time. A JSON
 * body is signed by its hash in the address.
 */
export function verifyTwilio(tokens: readonly string[], request: WebhookRequest): boolean {
  const { url, headers, raw, method } = request;
  const header = headers["x-twilio-signature"];
  if (typeof header !== "string") return false;
  const given = Buffer.from(header, "base64");
  const hash = url.searchParams.get("bodySHA256");
  const isForm = hash === null;
  if (!isForm && !isSame(Buffer.from(hash, "hex"), createHash("sha256").update(raw).digest())) return false;
  const form = new URLSearchParams(isForm && method === "POST" ? raw.toString("utf8") : "");
  return tokens.some((token) =>
    spellings(url).some((spelled) => isSame(given, mac(token, signedText(spelled, form)))),
  );
}

const isSame = (a: Buffer, b: Buffer): boolean => a.length === b.length && timingSafeEqual(a, b);
