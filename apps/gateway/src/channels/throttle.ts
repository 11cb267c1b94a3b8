import type { Clock } from "@tongdai/shared";

export interface Throttle {
  /** Milliseconds until the account may send one more of this kind; 0 takes the place at once. */
  take(accountId: string, kind: "text" | "media", perSecond: number): number;
  /** The vendor asked for a pause of the whole account. */
  pause(accountId: string, ms: number): void;
}

/** Spaces the requests of each account evenly, and keeps the pauses that a vendor asks for. */
export function throttle(clock: Clock): Throttle {
  const freeAt = new Map<string, number>();
  const pausedUntil = new Map<string, number>();
  return {
    take(accountId, kind, perSecond) {
      const now = clock.elapsed();
      const key = `${accountId}:${kind}`;
      const at = Math.max(freeAt.get(key) ?? 0, pausedUntil.get(accountId) ?? 0);
      if (at > now) return at - now;
      freeAt.set(key, now + 1_000 / perSecond);
      return 0;
    },
    pause(accountId, ms) {
      const until = clock.elapsed() + ms;
      pausedUntil.set(accountId, Math.max(until, pausedUntil.get(accountId) ?? 0));
    },
  };
}
