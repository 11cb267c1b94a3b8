const FIRST_MS = 1_000;
const LONGEST_MS = 5 * 60_000;

/**
 * Exponential backoff with full jitter (AWS Architecture Blog, "Exponential Backoff And Jitter").
 * @param attempts made so far, from 1 @param random in [0, 1) @returns milliseconds to wait
 */
export const backoff = (attempts: number, random: () => number): number =>
  Math.round(random() * Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(attempts, 20)));
