/** Work may be put aside for so long; what takes longer is a ticket. */
export const PARK_MAX_MS = 60 * 86_400_000;
