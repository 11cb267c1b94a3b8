import type { Clock } from "@tongdai/shared";

export interface Throttle {
  /** Milliseconds until the account may send one more of this kind; 0 takes the place at once. */
  take(accountId: string, kind: "text" | "media", perSecond: number): number;
  /** The vendor asked for a pause of the whole account. */
  pause(accountId: string, ms: number): void;
  /** The vendor takes no more at the moment, and does not say for how long. */
  refused(accountId: string): void;
  /** The vendor takes messages again. */
  taken(accountId: string): void;
}

/** A vendor's second, with what the road adds to one request and not to the next. */
const SECOND_MS = 1_050;
/** Who comes late for a place may take those that were missed meanwhile, so that the rate holds where a look takes long. */
const CATCH_UP_MS = 100;
/** Vendors count by the second or by the minute: one is tried first, and twice as long each time that nothing was taken since. */
const FIRST_REST_MS = 1_000;
const LONGEST_REST_MS = 60_000;
/** After each refusal so much of the rate is left; it grows back as evenly as time passes (as TCP does: RFC 5681, RFC 9438). */
const SLOWER = 0.7;
const SLOWEST = 0.01;
const REGAIN_MS = 60_000;

interface Pace {
  freeAt: number;
  /** The last places taken, as many as a second has, in a ring. */
  readonly taken: number[];
  next: number;
}

interface Slowed {
  readonly share: number;
  readonly since: number;
}

/**
 * Spaces the requests of each account evenly, never more in any second than the vendor lets it send, and keeps the pauses that
 * a vendor asks for. An account that is refused all the same rests and goes on more slowly.
 */
export function throttle(clock: Clock): Throttle {
  const paces = new Map<string, Pace>();
  const pausedUntil = new Map<string, number>();
  const rests = new Map<string, number>();
  const slowed = new Map<string, Slowed>();

  function shareOf(accountId: string): number {
    const slow = slowed.get(accountId);
    if (!slow) return 1;
    const share = slow.share + (clock.elapsed() - slow.since) / REGAIN_MS;
    if (share < 1) return share;
    slowed.delete(accountId);
    return 1;
  }

  function pause(accountId: string, ms: number): void {
    const until = clock.elapsed() + ms;
    pausedUntil.set(accountId, Math.max(until, pausedUntil.get(accountId) ?? 0));
  }

  return {
    take(accountId, kind, perSecond) {
      const now = clock.elapsed();
      const key = `${accountId}:${kind}`;
      const pace = paces.get(key) ?? { freeAt: 0, taken: [], next: 0 };
      const { freeAt, taken, next } = pace;
      const full = (taken[next % perSecond] ?? Number.NEGATIVE_INFINITY) + SECOND_MS;
      const at = Math.max(freeAt, full, pausedUntil.get(accountId) ?? 0);
      if (at > now) return at - now;
      pace.freeAt = now - Math.min(now - freeAt, CATCH_UP_MS) + SECOND_MS / (perSecond * shareOf(accountId));
      if (Number.isFinite(perSecond)) {
        taken[next % perSecond] = now;
        pace.next = (next + 1) % perSecond;
      }
      paces.set(key, pace);
      return 0;
    },
    pause,
    refused(accountId) {
      const now = clock.elapsed();
      // What was on its way when the first was refused is refused alike.
      if ((pausedUntil.get(accountId) ?? 0) > now) return;
      const ms = Math.min(LONGEST_REST_MS, (rests.get(accountId) ?? FIRST_REST_MS / 2) * 2);
      rests.set(accountId, ms);
      slowed.set(accountId, { share: Math.max(SLOWEST, shareOf(accountId) * SLOWER), since: now });
      pause(accountId, ms);
    },
    taken: (accountId) => void rests.delete(accountId),
  };
}
