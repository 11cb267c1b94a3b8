import { facebook } from "../../../apps/gateway/src/channels/facebook/index.ts";
import { channelRegistry } from "../../../apps/gateway/src/channels/registry.ts";
import { systemClock } from "../../../apps/gateway/src/clock.ts";
import type { Ctx } from "../../../apps/gateway/src/context.ts";
import { routeWaiting } from "../../../apps/gateway/src/features/routing/route-waiting.ts";
import { openStore } from "../../../apps/gateway/src/store/index.ts";
import type { Centre } from "../gateway/seed.ts";

export interface Pass {
  /** Until nothing more could be routed. */
  readonly ms: number;
  /** The longest single hold of the event loop. */
  readonly longest: number;
  readonly offers: number;
}

export interface Router {
  pass(): Promise<Pass>;
  /** An agent finishes one of the things offered. */
  freeOne(userId: string): Promise<void>;
  close(): Promise<void>;
}

/** The gateway's router over a seeded store, with nobody listening. */
export async function openRouter(centre: Centre): Promise<Router> {
  const store = await openStore(centre.databaseUrl, {
    onFatal: (error) => {
      throw error;
    },
  });
  const idle = () => {};
  const wake = { router: idle, outbox: idle, timers: idle, sessionsEnded: idle };
  // Routing looks at these and at nothing else.
  const ctx = { store, clock: systemClock, wake, channels: channelRegistry([facebook]) } as unknown as Ctx;
  const openOffers = async () => {
    const row = await store.db
      .selectFrom("offer")
      .select((e) => e.fn.countAll<number>().as("n"))
      .where("state", "=", "open")
      .executeTakeFirstOrThrow();
    return row.n;
  };
  return {
    async pass() {
      const before = await openOffers();
      const watch = watchLoop();
      const from = performance.now();
      while (await routeWaiting(ctx));
      const ms = performance.now() - from;
      return { ms, longest: watch.end(), offers: (await openOffers()) - before };
    },
    async freeOne(userId) {
      await store.write(async (tx) => {
        const offer = await tx.db
          .selectFrom("offer")
          .selectAll()
          .where("user_id", "=", userId)
          .where("state", "=", "open")
          .limit(1)
          .executeTakeFirst();
        if (!offer) return;
        await tx.db.updateTable("offer").set({ state: "withdrawn" }).where("id", "=", offer.id).execute();
        await tx.db
          .updateTable("interaction")
          .set({ state: "closed" })
          .where("id", "=", offer.interaction_id)
          .execute();
      });
    },
    close: () => store.close(),
  };
}

/** The longest time in which nothing else had its turn. */
function watchLoop(): { end(): number } {
  let longest = 0;
  let last = performance.now();
  let open = true;
  const look = () => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
    if (open) setImmediate(look);
  };
  setImmediate(look);
  return {
    end() {
      open = false;
      return Math.max(longest, performance.now() - last);
    },
  };
}
