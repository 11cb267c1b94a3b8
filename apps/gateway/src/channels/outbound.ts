import type { Ctx } from "../context.ts";
import type { OutboxKind } from "../features/conversations/index.ts";
import { followClock } from "../features/instances/index.ts";
import { abandonedOutbox, dueOutbox, nextOutboxAt } from "../store/outbox.ts";
import type { OutboxRow } from "../store/schema.ts";
import { type Wakeable, wakeable } from "../wakeable.ts";
import { type Load, type Sender, sender } from "./outbound-send.ts";

/** Requests on their way at once: of all accounts together, and of one that is not said to need more. */
interface Pool {
  readonly kinds: readonly OutboxKind[];
  readonly places: number;
  readonly share: number;
}

/** A slow file host keeps no answer from leaving, and an account whose vendor is slow leaves places to the others. */
const POOLS: readonly Pool[] = [
  { kinds: ["message", "action", "moderate"], places: 160, share: 16 },
  { kinds: ["fetch_media", "fetch_profile", "fetch_post"], places: 16, share: 4 },
];
/** As long as a vendor may take for each answer while its account sends at its full rate. */
const ANSWER_MS = 250;
/** What each of them holds in memory is bounded by the largest file. */
const MEDIA_PLACES = 48;
/** Long past every request's time-out: an attempt with no recorded end by then has none. */
const LEASE_MS = 120_000;
/** Another node may have added something without waking us. */
const LOOK_MS = 5_000;
/** What may leave within so little time leaves together. */
const SOON_MS = 10;
/** Rows looked at together. */
const PAGE = 64;

interface Trip {
  readonly pool: Pool;
  readonly accountId: string;
  readonly media: boolean;
  readonly end: Promise<void>;
}

interface Leaving extends Pick<Trip, "accountId" | "media"> {
  readonly row: OutboxRow;
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
    return Math.max(SOON_MS, Math.min(LOOK_MS, wait, next === null ? LOOK_MS : next - clock.now()));
  }

  const ends = () => [...inFlight.values()].map((t) => t.end);

  const underWay = (pool: Pool, isCounted: (t: Pick<Trip, "accountId" | "media">) => boolean = () => true) =>
    [...inFlight.values()].filter((t) => t.pool === pool && isCounted(t)).length;

  /** Launches what is due, and returns the time until something that must wait may leave. */
  async function launchDue(pool: Pool): Promise<number> {
    const { clock, store } = ctx();
    const resting = new Map<string, number>();
    const shortest = () => Math.min(LOOK_MS, ...resting.values());
    // A page full of rows of accounts that must wait hides the rows of the others: look past it.
    for (;;) {
      const before = resting.size;
      const due = await dueOutbox(store, {
        now: clock.now(),
        limit: PAGE,
        kinds: pool.kinds,
        resting: [...resting.keys()],
      });
      await launch(pool, await choose(pool, due, resting));
      const isFull = underWay(pool) >= pool.places || closed;
      if (isFull || due.length < PAGE || resting.size === before) return shortest();
    }
  }

  /** Those that may leave now. @param resting gets the accounts that must wait, with how long */
  async function choose(
    pool: Pool,
    due: readonly OutboxRow[],
    resting: Map<string, number>,
  ): Promise<Leaving[]> {
    const leaving: Leaving[] = [];
    for (const row of due) {
      if (underWay(pool) + leaving.length >= pool.places || closed) break;
      if (inFlight.has(row.id) || resting.has(row.account_id)) continue;
      const load = await send().loadOf(row);
      const wait = hasRoom(pool, row, load, leaving) ? await send().mustWait(row, load) : LOOK_MS;
      if (wait === 0) leaving.push({ row, accountId: row.account_id, media: load.media });
      else if (wait !== "held") resting.set(row.account_id, wait);
    }
    return leaving;
  }

  /** The end of a trip wakes us, so what finds no room needs no time to look again. @param leaving those that leave before it */
  function hasRoom(pool: Pool, row: OutboxRow, { media, rate }: Load, leaving: readonly Leaving[]): boolean {
    const busy = (isCounted: (t: Pick<Trip, "accountId" | "media">) => boolean) =>
      underWay(pool, isCounted) + leaving.filter(isCounted).length;
    if (media && busy((t) => t.media) >= MEDIA_PLACES) return false;
    const needed = media || !Number.isFinite(rate) ? 0 : (rate * ANSWER_MS) / 1_000;
    const share = send().isDoubted(row) ? 1 : Math.max(pool.share, needed);
    return busy((t) => t.accountId === row.account_id && t.media === media) < share;
  }

  /** All attempts are marked in one commit, and then made. */
  async function launch(pool: Pool, leaving: readonly Leaving[]): Promise<void> {
    if (leaving.length === 0) return;
    const { clock, store, log } = ctx();
    const marked = await store.write(async (tx) => {
      const ours: (Leaving & { attempt: () => Promise<void> })[] = [];
      for (const one of leaving) {
        const attempt = await send().mark(tx, one.row, clock.now() + LEASE_MS);
        if (attempt) ours.push({ ...one, attempt });
      }
      return ours;
    });
    for (const { row, accountId, media, attempt } of marked) {
      const end = attempt()
        .catch((err: unknown) => log.error({ err, outbox: row.id }, "outbox attempt ended badly"))
        .finally(() => {
          inFlight.delete(row.id);
          loop.wake();
        });
      inFlight.set(row.id, { pool, accountId, media, end });
    }
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
