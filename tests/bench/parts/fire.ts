import { join } from "node:path";
import type { BareJobs } from "../bare/child.ts";
import { APP, type Centre, PAGE_ID } from "../gateway/seed.ts";
import { type Running, startGateway } from "../gateway/start.ts";
import { start } from "../lib/wire.ts";
import { openRange, type Range } from "./range.ts";

const LADDER = [
  50, 100, 200, 500, 1_000, 1_500, 2_000, 2_500, 3_000, 3_500, 4_000, 5_000, 6_000, 7_000, 8_000, 10_000,
  12_000,
];

type Outcome = Awaited<ReturnType<Range["fire"]>>;

/** Everything accepted, and delivered not much later than it was due. */
const kept = (o: Outcome, rate: number): boolean =>
  o.accepted === o.sent && o.lost === 0 && o.deliveredSeconds <= o.sent / rate + 0.5 && o.agent.p99 <= 500;

export async function highestHeld(range: Range, seconds: number): Promise<number> {
  let held = 0;
  for (const rate of LADDER) {
    if (!kept(await range.fire(rate, seconds), rate)) return held;
    held = rate;
  }
  return held;
}

/** A gateway with its agents connected. */
export async function withGateway<R>(
  centre: Centre,
  work: (range: Range, gateway: Running) => Promise<R>,
): Promise<R> {
  const gateway = await startGateway(centre);
  try {
    const range = await openRange({ ...address(gateway.url), centre, tokens: centre.tokens });
    try {
      return await work(range, gateway);
    } finally {
      await range.close();
    }
  } finally {
    await gateway.stop();
  }
}

/** The same range in front of the bare server. */
export async function alone<R>(centre: Centre, work: (range: Range) => Promise<R>): Promise<R> {
  const child = start<BareJobs>(join(import.meta.dirname, "../bare/child.ts"));
  try {
    const { url } = await child.do("start", {
      path: join(centre.dataDir, "bare.db"),
      secret: APP.appSecret,
      customers: centre.customers,
      agents: centre.tokens.length,
    });
    const range = await openRange({
      ...address(url),
      centre,
      tokens: centre.tokens.map((_, i) => String(i)),
    });
    try {
      return await work(range);
    } finally {
      await range.close();
    }
  } finally {
    await child.stop();
  }
}

const address = (url: string) => ({
  url,
  path: `/webhooks/facebook/${APP.appId}`,
  secret: APP.appSecret,
  pageId: PAGE_ID,
});
