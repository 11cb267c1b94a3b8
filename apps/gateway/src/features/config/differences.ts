import { isDeepStrictEqual } from "node:util";
import type { ConfigChange } from "@tongdai/shared";

/** Where two things differ, each place as far down as it has a name: `rules.strategy`, `dispositions[1].name`. */
export function differences(from: unknown, to: unknown, field = ""): ConfigChange[] {
  if (isDeepStrictEqual(from, to)) return [];
  if (isList(from) && isList(to) && [...from, ...to].every(isThing))
    return upTo(Math.max(from.length, to.length)).flatMap((i) =>
      differences(from[i], to[i], `${field}[${i}]`),
    );
  if (isThing(from) && isThing(to))
    return [...new Set([...Object.keys(from), ...Object.keys(to)])].flatMap((key) =>
      differences(from[key], to[key], field === "" ? key : `${field}.${key}`),
    );
  return [{ field, from: from ?? null, to: to ?? null }];
}

const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);
const isThing = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const upTo = (count: number): number[] => Array.from({ length: count }, (_, i) => i);
