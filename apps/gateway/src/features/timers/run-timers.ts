import type { Ctx } from "../../context.ts";
import type { Tx } from "../../store/index.ts";
import type { TimerRow } from "../../store/schema.ts";
import { nextTimers, takeTimer } from "../../store/timers.ts";
import { type Wakeable, wakeable } from "../../wakeable.ts";

/** What to do when a timer of a kind is due. */
export interface TimerHandler {
  /**
   * Takes what commands hold when they set or cancel such a timer, before the timer itself is taken: in the other order the
   * two would wait for each other.
   */
  readonly holds?: (tx: Tx, subjectId: string) => Promise<void>;
  /** Runs in the transaction that removes the timer. */
  readonly run: (tx: Tx, ctx: Ctx, subjectId: string) => Promise<void>;
}

export type TimerHandlers = Readonly<Record<string, TimerHandler>>;

type Due = Pick<TimerRow, "key" | "due_at">;

export interface Timers extends Wakeable {
  /** A timer was set; without one: some may have changed. */
  wake(timer?: Due): void;
}

const PAGE = 500;
/** Timers further away are looked at again later: another node may have moved them. */
const HORIZON_MS = 30_000;
const RETRY_MS = 1_000;

/**
 * Runs timers as they fall due. How long one still has to go is measured on the clock that never steps, from the moment
 * that it was first seen, so setting the wall clock expires nothing early.
 */
export function runTimers(ctx: () => Ctx, handlers: TimerHandlers): Timers {
  const dueAtElapsed = new Map<string, number>();
  /** When the next look comes by itself; until that is known every wake makes one. */
  let nextLook = Number.NEGATIVE_INFINITY;

  async function look(): Promise<number> {
    nextLook = Number.NEGATIVE_INFINITY;
    const ms = await pass();
    nextLook = ctx().clock.elapsed() + ms;
    return ms;
  }

  async function pass(): Promise<number> {
    const { clock, store } = ctx();
    const timers = await nextTimers(store, PAGE);
    remember(timers);
    const elapsed = clock.elapsed();
    for (const timer of timers) if ((dueAtElapsed.get(nameOf(timer)) ?? 0) <= elapsed) await fire(timer);
    const waits = timers.map((t) => (dueAtElapsed.get(nameOf(t)) ?? 0) - elapsed).filter((ms) => ms > 0);
    return Math.min(HORIZON_MS, ...waits);
  }

  function remember(timers: readonly TimerRow[]): void {
    const seen = new Set(timers.map(nameOf));
    for (const name of dueAtElapsed.keys()) if (!seen.has(name)) dueAtElapsed.delete(name);
    for (const t of timers) if (!dueAtElapsed.has(nameOf(t))) note(t);
  }

  function note(timer: Due): number {
    const { clock } = ctx();
    const due = clock.elapsed() + Math.max(0, timer.due_at - clock.now());
    dueAtElapsed.set(nameOf(timer), due);
    return due;
  }

  async function fire(timer: TimerRow): Promise<void> {
    const handler = handlers[timer.kind];
    if (!handler) throw new Error(`no handler for timer ${timer.kind}`);
    try {
      await ctx().store.write(async (tx) => {
        await handler.holds?.(tx, timer.subject_id);
        if (await takeTimer(tx, timer)) await handler.run(tx, ctx(), timer.subject_id);
      });
      dueAtElapsed.delete(nameOf(timer));
    } catch (err) {
      ctx().log.error({ err, timer: timer.kind }, "timer failed, will run again");
      dueAtElapsed.set(nameOf(timer), ctx().clock.elapsed() + RETRY_MS);
    }
  }

  const looks = wakeable({ name: "timers", deps: ctx, pass: look });
  return {
    ...looks,
    wake(timer) {
      if (timer === undefined || note(timer) < nextLook) looks.wake();
    },
  };
}

const nameOf = (t: Due): string => `${t.key}@${t.due_at}`;
