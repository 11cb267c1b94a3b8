const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Without any use for so long, a session is over. */
const IDLE_MS = 12 * HOUR;
/** However much it is used, a session ends so long after the log-in. */
const ABSOLUTE_MS = 30 * 24 * HOUR;
/** Use is noted at most so often: every request would otherwise be a write. */
const NOTE_EVERY_MS = 5 * MINUTE;

export const expiryOf = (createdAt: number, lastSeenAt: number): number =>
  Math.min(lastSeenAt + IDLE_MS, createdAt + ABSOLUTE_MS);

export const mustNote = (lastSeenAt: number, now: number): boolean => now - lastSeenAt >= NOTE_EVERY_MS;
