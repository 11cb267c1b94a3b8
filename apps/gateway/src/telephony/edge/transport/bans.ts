import type { Clock } from "@tongdai/shared";

export interface BanRules {
  /** Strikes within a minute that shut an address out. */
  readonly strikes: number;
  /** Milliseconds. */
  readonly duration: number;
  /** Addresses that are never shut out: trunks and proxies, behind which many people stand. */
  readonly trusted?: (address: string) => boolean;
}

/** Addresses that are remembered; beyond it the oldest is forgotten. */
const most = 10_000;
const minute = 60_000;

/**
 * Shuts out addresses that send garbage or wrong passwords. A datagram's source can be forged, so a ban is short, and
 * trunks are never banned.
 */
export function createBans(clock: Clock, { strikes, duration, trusted = () => false }: BanRules) {
  const known = new Map<string, { count: number; since: number; until: number }>();
  return {
    /** @returns whether this was the strike that shuts the address out */
    strike(address: string): boolean {
      if (trusted(address)) return false;
      const now = clock.elapsed();
      const old = known.get(address);
      const entry = old && now - old.since < minute ? old : { count: 0, since: now, until: old?.until ?? 0 };
      entry.count++;
      const banned = entry.count === strikes;
      if (banned) entry.until = now + duration;
      known.delete(address);
      known.set(address, entry);
      for (const oldest of known.keys()) {
        if (known.size <= most) break;
        known.delete(oldest);
      }
      return banned;
    },
    banned: (address: string): boolean => (known.get(address)?.until ?? 0) > clock.elapsed(),
    get size() {
      return known.size;
    },
  };
}

export type Bans = ReturnType<typeof createBans>;
