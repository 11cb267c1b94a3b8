/** An instance says so often that it lives. */
export const BEAT_MS = 5_000;
/** After so long a silence it counts as dead. */
export const TTL_MS = 20_000;
/** Where nobody else listens, the beat only tells the next start what time it was. */
export const LONE_BEAT_MS = 60_000;
