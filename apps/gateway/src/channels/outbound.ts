import type { Ctx } from "../context.ts";
import { followClock } from "../features/instances/index.ts";
import { abandonedOutbox, dueOutbox, markTrying, nextOutboxAt } from "../store/outbox.ts";
import type { OutboxRow } from "../store/schema.ts";
import { type Wakeable, wakeable } from "../wakeable.ts";
import { type Sender, sender } from "./outbound-send.ts";

/** Requests on their way at once, all accounts together. */
const IN_FLIGHT = 16;
/** Long past every request's time-out: an attempt with no recorded end by then has none. */
const LEASE_MS = 120_000;
/** Another node may have added something without waking us. */
const LOOK_MS = 5_000;
/** Rows looked at together. */
const PAGE = IN_FLIGHT * 4;

/**
 * Pays what we owe the outside world. Rows of one lane leave one after the other; an attempt is marked before it is made,
 * and one that a dead process left marked ends as `unknown`: it is never made again by itself.
 */
export function outbound(ctx: () => Ctx, random: () => number = Math.random): Wakeable {
  const inFlight = new Map<string, Promise<void>>();
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
    const wait = await launchDue();
    const next = await nextOutboxAt(store, clock.now());
    return Math.max(1, Math.min(LOOK_MS, wait, next === null ? LOOK_MS : next - clock.now()));
  }

  /** Launches what is due, and returns the time until something that must wait may leave. */
  async function launchDue(): Promise<number> {
    const { clock, store } = ctx();
    const resting = new Set<string>();
    let shortest = LOOK_MS;
    // A page full of rows of accounts that must wait hides the rows of the others: look past it.
    for (;;) {
      const before = resting.size;
      const due = await dueOutbox(store, { now: clock.now(), limit: PAGE, resting: [...resting] });
      for (const row of due) {
        if (inFlight.size >= IN_FLIGHT || closed) return shortest;
        if (inFlight.has(row.id)) continue;
        const wait = await launch(row);
        if (wait === 0) continue;
        shortest = Math.min(shortest, wait);
        resting.add(row.account_id);
      }
      if (due.length < PAGE || resting.size === before) return shortest;
    }
  }

  /** Returns 0, or how long the row must wait. */
  async function launch(row: OutboxRow): Promise<number> {
    const { clock, store } = ctx();
    const wait = await send().mustWait(row);
    if (wait === "held") return 0;
    if (wait > 0) return wait;
    if (!(await store.write((tx) => markTrying(tx, row.id, clock.now() + LEASE_MS)))) return 0;
    const trip = send()
      .attempt({ ...row, attempts: row.attempts + 1 })
      .catch((err: unknown) => ctx().log.error({ err, outbox: row.id }, "outbox attempt ended badly"))
      .finally(() => {
        inFlight.delete(row.id);
        loop.wake();
      });
    inFlight.set(row.id, trip);
    return 0;
  }

  const loop = wakeable({ name: "outbox", deps: ctx, pass });
  return {
    wake: loop.wake,
    async idle() {
      do await Promise.all([loop.idle(), ...inFlight.values()]);
      while (inFlight.size > 0);
      await loop.idle();
    },
    async close() {
      closed = true;
      await loop.close();
      await Promise.all(inFlight.values());
    },
  };
}
