import { createHmac, timingSafeEqual } from "node:crypto";
import type { Clock } from "@tongdai/shared";

/** What one call from a web page may do. */
export interface WebVisit {
  /** Names the visitor, and the page's session with us: letters, digits, `_` and `-`. */
  readonly visitor: string;
  /** The one address that may be called with it: the user part. */
  readonly target: string;
  /** Who it is, where somebody vouches for it: a number in E.164. */
  readonly number?: string;
  readonly name?: string;
}

/**
 * Tokens for callers without an account: what they may, signed (HMAC-SHA256). The gateway mints one for a page that may
 * call; it is good for some seconds, one address and one call. Restarting forgets which were used, for as long as they
 * live. `most` tokens in use are remembered.
 */
export function createWebTokens(clock: Clock, secret: string, most = 50_000) {
  /** Expiry, epoch milliseconds, of used ones; the first used first. */
  const used = new Map<string, number>();
  const sign = (purpose: string, text: string): string =>
    createHmac("sha256", secret).update(`${purpose} ${text}`).digest("base64url");

  /** @returns false when more are in use than can be remembered: who was forgotten could be used again */
  function room(): boolean {
    for (const [token, expires] of used) {
      if (expires > clock.now()) break;
      used.delete(token);
    }
    return used.size < most;
  }

  const expiryOf = (lifetime: number): number => Math.ceil((clock.now() + lifetime) / 1_000);

  /** Milliseconds until which what is signed so is good; undefined: forged or over. */
  function goodUntil(purpose: string, text: string, given: string): number | undefined {
    const expected = Buffer.from(sign(purpose, text));
    const signature = Buffer.from(given);
    if (signature.length !== expected.length || !timingSafeEqual(signature, expected)) return undefined;
    const until = Number(text.split(".", 1)[0]) * 1_000;
    return until > clock.now() ? until : undefined;
  }

  return {
    /** @param lifetime milliseconds */
    mint(visit: WebVisit, lifetime: number): string {
      const text = `${expiryOf(lifetime)}.${Buffer.from(JSON.stringify(visit)).toString("base64url")}`;
      return `${text}.${sign("web caller", text)}`;
    },
    /** Uses a token up. Undefined: forged, too old, used before, or too many at once. */
    take(token: string): WebVisit | undefined {
      const [expiry = "", visit = "", signature = ""] = token.split(".");
      const until = goodUntil("web caller", `${expiry}.${visit}`, signature);
      if (until === undefined || used.has(token) || !room()) return undefined;
      used.set(token, until);
      return JSON.parse(Buffer.from(visit, "base64url").toString()) as WebVisit;
    },
    /** What a page of this origin opens its connection with, again and again. @param lifetime milliseconds */
    ticket(origin: string, lifetime: number): string {
      const expiry = expiryOf(lifetime);
      return `${expiry}.${sign("web page", `${expiry}.${origin}`)}`;
    },
    admits(ticket: string, origin: string): boolean {
      const [expiry = "", signature = ""] = ticket.split(".");
      return goodUntil("web page", `${expiry}.${origin}`, signature) !== undefined;
    },
  };
}

export type WebTokens = ReturnType<typeof createWebTokens>;
