import { randomUUID } from "node:crypto";
import type { Clock } from "@tongdai/shared";
import { digest } from "../kit/values.ts";

/** An SMSC that missed our answer repeats within minutes. */
const WITHIN_MS = 10 * 60_000;

export interface Repeats {
  /** `done`: the SMSC has been told that we have it. */
  begin(told: object): { readonly key: string; done(): void };
}

interface Seen {
  readonly key: string;
  readonly at: number;
  isDone: boolean;
}

/**
 * The key of what an SMSC delivers, which gives no id to it: the same words again are another message of the customer's, but
 * the same words while we have not answered yet, or after we could not, are the same one.
 */
export function repeats(clock: Clock): Repeats {
  const open = new Map<string, Seen>();
  return {
    begin(told) {
      const now = clock.elapsed();
      const what = digest(told);
      const known = open.get(what);
      const isRepeat = known !== undefined && !known.isDone && now - known.at < WITHIN_MS;
      const seen = isRepeat ? known : { key: randomUUID(), at: now, isDone: false };
      open.set(what, seen);
      return {
        key: seen.key,
        done: () => {
          seen.isDone = true;
          for (const [other, { at, isDone }] of open)
            if (isDone || clock.elapsed() - at >= WITHIN_MS) open.delete(other);
        },
      };
    },
  };
}
