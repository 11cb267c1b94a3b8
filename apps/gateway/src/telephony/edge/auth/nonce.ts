import { createHmac } from "node:crypto";
import type { Clock } from "@tongdai/shared";
import { sameText } from "./digest.ts";

export interface NonceParts {
  readonly clock: Clock;
  /** Of this process: nonces of an earlier one are stale. */
  readonly key: Uint8Array;
  readonly randomId: () => string;
}

/** Milliseconds for which a nonce is good. */
const lifetime = 300_000;
/** Nonces in use that are remembered. */
const most = 50_000;

/**
 * Nonces that need no memory until they are used: time and chance, signed. A used one is remembered with its highest
 * count, so that nothing is taken twice (RFC 7616 3.4.5).
 */
export function createNonces({ clock, key, randomId }: NonceParts) {
  /** Highest count by nonce, the longest unused first. */
  const used = new Map<string, number>();
  /** Nonces made before are stale: their counts are forgotten. */
  let forgotten = -1;

  const sign = (text: string): string =>
    createHmac("sha256", key).update(text).digest("base64url").slice(0, 22);
  const madeAt = (nonce: string): number => Number.parseInt(nonce, 36);

  function make(): string {
    const text = `${Math.floor(clock.elapsed()).toString(36)}.${randomId()}`;
    return `${text}.${sign(text)}`;
  }

  /** Ours, and young enough. */
  function fresh(nonce: string): boolean {
    const dot = nonce.lastIndexOf(".");
    if (dot < 0 || !sameText(sign(nonce.slice(0, dot)), nonce.slice(dot + 1))) return false;
    return madeAt(nonce) > forgotten && clock.elapsed() - madeAt(nonce) <= lifetime;
  }

  /** Takes a count of a fresh nonce. @returns false when it, or a higher one, was taken before */
  function take(nonce: string, count: number): boolean {
    if (count <= (used.get(nonce) ?? 0)) return false;
    used.delete(nonce);
    used.set(nonce, count);
    for (const oldest of used.keys()) {
      const expired = clock.elapsed() - madeAt(oldest) > lifetime;
      if (!expired && used.size <= most) break;
      if (!expired) forgotten = Math.max(forgotten, madeAt(oldest));
      used.delete(oldest);
    }
    return true;
  }

  return {
    make,
    fresh,
    take,
    get remembered() {
      return used.size;
    },
  };
}
