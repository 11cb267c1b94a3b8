import type { Ctx } from "../context.ts";
import type { OutboxKind } from "../features/conversations/index.ts";
import { followClock } from "../features/instances/index.ts";
import { abandonedOutbox, dueOutbox, markTrying, nextOutboxAt } from "../store/outbox.ts";
import type { OutboxRow } from "../store/schema.ts";
import { type Wakeable, wakeable } from "../wakeable.ts";
import { type Sender, sender } from "./outbound-send.ts";

/** Requests on their way at once: of all accounts together, and of one. */
interface Pool {
  readonly kinds: readonly OutboxKind[];
  readonly places: number;
  readonly share: number;
}

/** A slow file host keeps no answer from leaving, and an account whose vendor is slow leaves places to the others. */
const POOLS: readonly Pool[] = [
  { kinds: ["message", "action", "moderate"], places: 48, share: 16 },
  { kinds: ["fetch_media", "fetch_profile", "fetch_post"], places: 16, share: 4 },
];
/** Long past every request's time-out: an attempt with no recorded end by then has none. */
const LEASE_MS = 120_000;
/** Another node may have added something without waking us. */
const LOOK_MS = 5_000;
/** Rows looked at together. */
const PAGE = 64;

interface Trip {
  readonly pool: Pool;
  readonly accountId: string;
  readonly end: Promise<void>;
}

/**
 * Pays what we owe the outside world. Rows of one lane leave one after the other; an attempt is marked before it is made,
 * and one that a dead process left marked ends as `unknown`: it is never made again by itself.
 */
export function outbound(ctx: () => Ctx, random: () => number = Math.random): Wakeable {
  const inFlight = new Map<string, Trip>();
  const keepTime = followClock(ctx);
  let closed = false;
  let worker: Sender | null = null;
  const send = () => {
    worker ??= sender(ctx(), random);
    return worker;
  };

  async function pass(): Promise<number> {
    const { clock, store } = ctx();
    await keepTime();
    for (const row of await abandonedOutbox(store, clock.now()))
      if (!inFlight.has(row.id)) await send().abandon(row);
    let wait = LOOK_MS;
    for (const pool of POOLS) wait = Math.min(wait, await launchDue(pool));
    const next = await nextOutboxAt(store, clock.now());
    return Math.max(1, Math.min(LOOK_MS, wait, next === null ? LOOK_MS : next - clock.now()));
  }

  const ends = () => [...inFlight.values()].map((t) => t.end);

  const underWay = (pool: Pool, accountId?: string): number =>
    [...inFlight.values()].filter(
      (t) => t.pool === pool && (accountId === undefined || t.accountId === accountId),
    ).length;

  /** Launches what is due, and returns the time until something that must wait may leave. */
  async function launchDue(pool: Pool): Promise<number> {
    const { clock, store } = ctx();
    const resting = new Set<string>();
    let shortest = LOOK_MS;
    // A page full of rows of accounts that must wait hides the rows of the others: look past it.
    for (;;) {
      const before = resting.size;
      const due = await dueOutbox(store, {
        now: clock.now(),
        limit: PAGE,
        kinds: pool.kinds,
        resting: [...resting],
      });
      for (const row of due) {
        if (underWay(pool) >= pool.places || closed) return shortest;
        if (inFlight.has(row.id) || resting.has(row.account_id)) continue;
        const wait = await launch(pool, row);
        if (wait === 0) continue;
        shortest = Math.min(shortest, wait);
        resting.add(row.account_id);
      }
      if (due.length < PAGE || resting.size === before) return shortest;
    }
  }

  /** Returns 0, or how long the row must wait. */
  async function launch(pool: Pool, row: OutboxRow): Promise<number> {
    const { clock, store } = ctx();
    // The end of a trip wakes us, so a full share needs no other time to look again.
    const share = send().isDoubted(row) ? 1 : pool.share;
    if (underWay(pool, row.account_id) >= share) return LOOK_MS;
    const wait = await send().mustWait(row);
    if (wait === "held") return 0;
    if (wait > 0) return wait;
    if (!(await store.write((tx) => markTrying(tx, row.id, clock.now() + LEASE_MS)))) return 0;
    const end = send()
      .attempt({ ...row, attempts: row.attempts + 1 })
      .catch((err: unknown) => ctx().log.error({ err, outbox: row.id }, "outbox attempt ended badly"))
      .finally(() => {
        inFlight.delete(row.id);
        loop.wake();
      });
    inFlight.set(row.id, { pool, accountId: row.account_id, end });
    return 0;
  }

  const loop = wakeable({ name: "outbox", deps: ctx, pass });
  return {
    wake: loop.wake,
    async idle() {
      do await Promise.all([loop.idle(), ...ends()]);
      while (inFlight.size > 0);
      await loop.idle();
    },
    async close() {
      closed = true;
      await loop.close();
      await Promise.all(ends());
    },
  };
}
