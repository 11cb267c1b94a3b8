import type { Clock } from "@tongdai/shared";

export interface Throttle {
  /** Milliseconds until the account may send one more of this kind; 0 takes the place at once. */
  take(accountId: string, kind: "text" | "media", perSecond: number): number;
  /** The vendor asked for a pause of the whole account. */
  pause(accountId: string, ms: number): void;
}

/** A vendor's second, with what the road adds to one request and not to the next. */
const SECOND_MS = 1_050;
/** Who comes late for a place may take those that were missed meanwhile, so that the rate holds where a look takes long. */
const CATCH_UP_MS = 100;

interface Pace {
  freeAt: number;
  /** The last places taken, as many as a second has, in a ring. */
  readonly taken: number[];
  next: number;
}

/**
 * Spaces the requests of each account evenly, never more in any second than the vendor lets it send, and keeps the pauses that
 * a vendor asks for.
 */
export function throttle(clock: Clock): Throttle {
  const paces = new Map<string, Pace>();
  const pausedUntil = new Map<string, number>();
  return {
    take(accountId, kind, perSecond) {
      const now = clock.elapsed();
      const key = `${accountId}:${kind}`;
      const pace = paces.get(key) ?? { freeAt: 0, taken: [], next: 0 };
      const { freeAt, taken, next } = pace;
      const full = (taken[next % perSecond] ?? Number.NEGATIVE_INFINITY) + SECOND_MS;
      const at = Math.max(freeAt, full, pausedUntil.get(accountId) ?? 0);
      if (at > now) return at - now;
      pace.freeAt = now - Math.min(now - freeAt, CATCH_UP_MS) + SECOND_MS / perSecond;
      if (Number.isFinite(perSecond)) {
        taken[next % perSecond] = now;
        pace.next = (next + 1) % perSecond;
      }
      paces.set(key, pace);
      return 0;
    },
    pause(accountId, ms) {
      const until = clock.elapsed() + ms;
      pausedUntil.set(accountId, Math.max(until, pausedUntil.get(accountId) ?? 0));
    },
  };
}
