import { join } from "node:path";
import type { Centre } from "../gateway/seed.ts";
import { start } from "../lib/wire.ts";
import type { LoadJobs, Outcome } from "../load/child.ts";

/** A load generator whose agents are connected, ready to fire. */
export interface Range {
  /** Messages numbered on from the last ones, due at this rate for so many seconds. */
  fire(rate: number, seconds: number): Promise<Outcome>;
  /** Over all that was fired. */
  lost(): number;
  twice(): number;
  close(): Promise<void>;
}

export interface RangeOptions {
  readonly url: string;
  readonly path: string;
  readonly secret: string;
  readonly pageId: string;
  readonly centre: Centre;
  readonly tokens: readonly string[];
}

const CONNECTIONS = 128;
const REPEAT_EVERY = 50;

export async function openRange({ centre, tokens, ...at }: RangeOptions): Promise<Range> {
  const child = start<LoadJobs>(join(import.meta.dirname, "../load/child.ts"));
  await child.do("connect", { url: at.url, tokens, lastSeq: 0, atOnce: 8 });
  let first = 0;
  let lost = 0;
  let twice = 0;
  return {
    async fire(rate, seconds) {
      const count = Math.round(rate * seconds);
      const shots = { ...at, customers: centre.customers, first, count, rate };
      const outcome = await child.do("fire", {
        ...shots,
        connections: CONNECTIONS,
        repeatEvery: REPEAT_EVERY,
      });
      first += count;
      lost += outcome.lost;
      twice += outcome.twice;
      return outcome;
    },
    lost: () => lost,
    twice: () => twice,
    async close() {
      await child.do("disconnect");
      await child.stop();
    },
  };
}
