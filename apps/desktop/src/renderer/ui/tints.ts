/** Six hues that mean nothing of their own: people and teams are told apart by them, beside their names. */
export const tints = [
  "bg-tint-1 text-tint-1-ink",
  "bg-tint-2 text-tint-2-ink",
  "bg-tint-3 text-tint-3-ink",
  "bg-tint-4 text-tint-4-ink",
  "bg-tint-5 text-tint-5-ink",
  "bg-tint-6 text-tint-6-ink",
] as const;
