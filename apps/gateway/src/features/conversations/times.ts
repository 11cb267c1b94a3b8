/** A vendor's clock further off than this is not believed. */
const AHEAD_MS = 5 * 60_000;
/** Redeliveries may be late, but not by more than this. */
const LATE_MS = 7 * 24 * 60 * 60_000;

/** The time to show and order by: the vendor's, unless it is missing, in the future or absurdly old. */
export const shownTime = (vendorAt: number | null, receivedAt: number): number =>
  vendorAt === null || vendorAt > receivedAt + AHEAD_MS || vendorAt < receivedAt - LATE_MS
    ? receivedAt
    : vendorAt;

/**
 * The time that reply windows run from: the vendor's, because a delivery that comes late opens no longer window; ours when
 * the vendor's clock is ahead of it.
 */
export const windowTime = (vendorAt: number | null, receivedAt: number): number =>
  Math.min(shownTime(vendorAt, receivedAt), receivedAt);
