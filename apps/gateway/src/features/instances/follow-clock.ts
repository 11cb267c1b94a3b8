import type { Ctx } from "../../context.ts";
import { pullForward } from "../../store/due-times.ts";
import type { Tx } from "../../store/index.ts";
import { newestEntryTime } from "../../store/journal.ts";
import { othersOf } from "./others.ts";

/** A wall clock that goes back by less is only being trimmed. */
const STEP_MS = 5_000;
/** Nothing that runs leaves a timer overdue for so long: one that would be was set after the clock was, and before we looked. */
const OVERDUE_MS = 10_000;

/**
 * Times in the outbox and of timers are wall times; setting the clock back must not hold them up. Call the answer again and
 * again: it compares the wall clock with the one that never steps. While another instance that lives goes by a later time,
 * everything is left as it is; once all of them have been set back, the first of them does it.
 */
export function followClock(ctx: () => Ctx): () => Promise<void> {
  let wallOffset: number | null = null;
  return async () => {
    const { clock, store } = ctx();
    const offset = clock.now() - clock.elapsed();
    const back = wallOffset === null ? 0 : wallOffset - offset;
    if (
      back <= STEP_MS ||
      (await store.write((tx) => setBack(tx, ctx(), { ms: back, timersFrom: clock.now() - OVERDUE_MS })))
    )
      wallOffset = offset;
  };
}

/**
 * At start: the clock was set back while nobody ran when the last thing that was written down lies in the future. What
 * waited then waits as long as it would have at that moment.
 */
export async function lookAtClock(tx: Tx, ctx: Ctx, lastSeen: readonly number[]): Promise<void> {
  const last = Math.max(0, (await newestEntryTime(tx)) ?? 0, ...lastSeen);
  const back = last - ctx.clock.now();
  if (back > STEP_MS) await setBack(tx, ctx, { ms: back, timersFrom: 0 });
}

/** Returns whether that is settled: done, or another's to do. */
async function setBack(
  tx: Tx,
  ctx: Ctx,
  { ms, timersFrom }: { ms: number; timersFrom: number },
): Promise<boolean> {
  const alive = (await othersOf(tx, ctx)).filter((o) => o.alive);
  if (alive.some((o) => o.wall_at - ctx.clock.now() > STEP_MS)) return false;
  if (alive.some((o) => o.id < ctx.instanceId)) return true;
  ctx.log.warn({ ms }, "the clock was set back; what is due later moves with it");
  await pullForward(tx, Math.round(ms), { timersFrom });
  tx.afterCommit(ctx.wake.timers);
  return true;
}
