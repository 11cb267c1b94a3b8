import type { Engine } from "./engine.ts";

/*
 * Folded words as the full-text index of either engine takes them. They are letters and digits only, so nothing in them has
 * a meaning for the engine.
 */

/** Every word, as it is. */
export const matchWhole = (engine: Engine, words: readonly string[]): string =>
  engine === "sqlite" ? words.map((w) => `"${w}"`).join(" ") : words.join(" & ");

/**
 * Whether the last word may be a beginning. Not when it is one letter: a good part of all words begin with it, and either
 * engine gathers all their hits before it gives the first.
 */
export const endsInBeginning = (words: readonly string[]): boolean => !/^[a-z0-9]$/.test(words.at(-1) ?? "");

/** Every word, of which the last may be a beginning. */
export function matchBeginning(engine: Engine, words: readonly string[]): string {
  const whole = matchWhole(engine, words);
  if (!endsInBeginning(words)) return whole;
  return engine === "sqlite" ? `${whole} *` : `${whole}:*`;
}
