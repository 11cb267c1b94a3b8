import { createHmac, timingSafeEqual } from "node:crypto";
import type { Clock } from "@tongdai/shared";

/** What one call from a web page may do. */
export interface WebVisit {
  /** Names the visitor, and the page's session with us: letters, digits, `_` and `-`. */
  readonly visitor: string;
  /** The one address that may be called with it: the user part. */
  readonly target: string;
}

const pattern = /^([0-9]{1,12})\.([A-Za-z0-9_-]{1,64})\.([A-Za-z0-9_-]{1,64})\.([A-Za-z0-9_-]{43})$/;

/**
 * Tokens for callers without an account: `<expiry>.<visitor>.<target>.<HMAC-SHA256>`. The gateway mints one for a page
 * that it serves; it is good for some seconds, one address and one call. Restarting forgets which were used, for as
 * long as they live. `most` tokens in use are remembered.
 */
export function createWebTokens(clock: Clock, secret: string, most = 50_000) {
  /** Expiry, epoch milliseconds, of used ones; the first used first. */
  const used = new Map<string, number>();
  const sign = (text: string): string =>
    createHmac("sha256", secret).update(`web caller ${text}`).digest("base64url");

  /** @returns false when more are in use than can be remembered: who was forgotten could be used again */
  function room(): boolean {
    for (const [token, expires] of used) {
      if (expires > clock.now()) break;
      used.delete(token);
    }
    return used.size < most;
  }

  function read(token: string): (WebVisit & { expires: number }) | undefined {
    const match = pattern.exec(token);
    const [, expires = "", visitor = "", target = "", given = ""] = match ?? [];
    const expected = Buffer.from(sign(`${expires}.${visitor}.${target}`));
    if (!match || !timingSafeEqual(Buffer.from(given), expected)) return undefined;
    const until = Number(expires) * 1_000;
    return until > clock.now() ? { visitor, target, expires: until } : undefined;
  }

  return {
    /** @param lifetime milliseconds */
    mint({ visitor, target }: WebVisit, lifetime: number): string {
      const text = `${Math.ceil((clock.now() + lifetime) / 1_000)}.${visitor}.${target}`;
      return `${text}.${sign(text)}`;
    },
    /** Uses a token up. Undefined: forged, too old, used before, or too many at once. */
    take(token: string): WebVisit | undefined {
      const visit = read(token);
      if (!visit || used.has(token) || !room()) return undefined;
      used.set(token, visit.expires);
      return { visitor: visit.visitor, target: visit.target };
    },
  };
}

export type WebTokens = ReturnType<typeof createWebTokens>;
