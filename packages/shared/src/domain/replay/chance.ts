/** A number in [0, 1) that belongs to a seed and a thing: the same in every run, whatever else is drawn. */
export function chance(seed: number, ...of: readonly (number | string)[]): number {
  let h = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b);
  for (const c of of.join(" ")) {
    h = Math.imul(h ^ (c.codePointAt(0) ?? 0), 0xcc9e2d51);
    h = (h << 13) | (h >>> 19);
  }
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return ((h ^ (h >>> 16)) >>> 0) / 4_294_967_296;
}

/** One of a list, by a number in [0, 1). */
export const pick = <T>(list: readonly T[], at: number): T | undefined => list[Math.floor(at * list.length)];
