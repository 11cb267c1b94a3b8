import { createHmac, timingSafeEqual } from "node:crypto";
import { readPhoneNumber } from "@tongdai/shared";
import { z } from "zod";
import type { Visitor } from "../channel.ts";

/** Milliseconds: what is good for longer is as good as a password, and lies in a page. */
const LONGEST = 24 * 60 * 60_000;

/** The names of OpenID Connect's claims. */
const Claims = z.object({
  phone_number: z.string().max(40),
  name: z.string().trim().min(1).max(64).optional(),
  /** Epoch seconds. */
  exp: z.number(),
});

/**
 * Who a web site's server says its visitor is: a JSON Web Token (RFC 7519) signed with HS256, as every language has a
 * library for.
 *
 * @param now epoch milliseconds
 * @returns `null` for one that is forged, over, too long-lived, or without a telephone number
 */
export function readStatement(token: string, secret: string, now: number): Visitor | null {
  const [head = "", body = "", signature = "", ...more] = token.split(".");
  const signed = createHmac("sha256", secret).update(`${head}.${body}`).digest();
  const given = Buffer.from(signature, "base64url");
  if (more.length > 0 || given.length !== signed.length || !timingSafeEqual(given, signed)) return null;
  // Whoever has the secret could still have signed for another purpose: the head is looked at too.
  if (!z.object({ alg: z.literal("HS256") }).safeParse(json(head)).success) return null;
  const claims = Claims.safeParse(json(body));
  if (!claims.success) return null;
  const { phone_number, name = null, exp } = claims.data;
  const left = exp * 1_000 - now;
  const number = readPhoneNumber(phone_number)?.e164;
  return number !== undefined && left > 0 && left <= LONGEST ? { number, name } : null;
}

function json(part: string): unknown {
  try {
    return JSON.parse(Buffer.from(part, "base64url").toString());
  } catch {
    return null;
  }
}
