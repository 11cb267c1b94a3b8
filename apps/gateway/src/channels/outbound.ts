import type { Ctx } from "../context.ts";
import { abandonedOutbox, dueOutbox, markTrying, nextOutboxAt } from "../store/outbox.ts";
import type { OutboxRow } from "../store/schema.ts";
import { type Sender, sender } from "./outbound-send.ts";

export interface Outbound {
  wake(): void;
  /** Resolves when nothing is due and nothing is on its way. */
  idle(): Promise<void>;
  close(): Promise<void>;
}

/** Requests on their way at once, all accounts together. */
const IN_FLIGHT = 16;
/** Long past every request's time-out: an attempt with no recorded end by then has none. */
const LEASE_MS = 120_000;
/** Another node may have added something without waking us. */
const LOOK_MS = 5_000;

/**
 * Pays what we owe the outside world. Rows of one lane leave one after the other; an attempt is marked before it is made,
 * and one that a dead process left marked ends as `unknown`: it is never made again by itself.
 */
export function outbound(ctx: () => Ctx, random: () => number = Math.random): Outbound {
  const inFlight = new Map<string, Promise<void>>();
  const postponed = new Map<string, number>();
  let cancel: () => void = () => {};
  let passing: Promise<void> | null = null;
  let again = false;
  let closed = false;
  let worker: Sender | null = null;
  const send = () => {
    worker ??= sender(ctx(), random);
    return worker;
  };

  async function pass(): Promise<void> {
    const { clock, store } = ctx();
    for (const row of await abandonedOutbox(store, clock.now()))
      if (!inFlight.has(row.id)) await send().abandon(row);
    const due = await dueOutbox(store, clock.now(), IN_FLIGHT * 4);
    for (const row of due) {
      if (inFlight.size >= IN_FLIGHT || closed) break;
      if (!inFlight.has(row.id)) await launch(row);
    }
    const next = await nextOutboxAt(store, clock.now());
    const waits = [...postponed.values()].map((at) => at - clock.elapsed());
    sleep(Math.max(1, Math.min(LOOK_MS, next === null ? LOOK_MS : next - clock.now(), ...waits)));
  }

  async function launch(row: OutboxRow): Promise<void> {
    const { clock, store } = ctx();
    const wait = await send().mustWait(row);
    if (wait === "held") return;
    if (wait > 0) {
      postponed.set(row.id, clock.elapsed() + wait);
      return;
    }
    postponed.delete(row.id);
    if (!(await store.write((tx) => markTrying(tx, row.id, clock.now() + LEASE_MS)))) return;
    const trip = send()
      .attempt({ ...row, attempts: row.attempts + 1 })
      .catch((err: unknown) => ctx().log.error({ err, outbox: row.id }, "outbox attempt ended badly"))
      .finally(() => {
        inFlight.delete(row.id);
        wake();
      });
    inFlight.set(row.id, trip);
  }

  function sleep(ms: number): void {
    cancel();
    if (!closed) cancel = ctx().clock.after(ms, wake);
  }

  function wake(): void {
    again = true;
    if (closed || passing) return;
    cancel();
    passing = (async () => {
      while (again && !closed) {
        again = false;
        await pass();
      }
    })()
      .catch((err: unknown) => {
        ctx().log.error({ err }, "outbox pass failed, will run again");
        sleep(1_000);
      })
      .finally(() => {
        passing = null;
      });
  }

  return {
    wake,
    async idle() {
      while (passing || inFlight.size > 0) await Promise.all([passing, ...inFlight.values()]);
    },
    async close() {
      closed = true;
      cancel();
      await passing;
      await Promise.all(inFlight.values());
    },
  };
}
