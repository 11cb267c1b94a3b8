import type { Ctx } from "../../context.ts";
import { pullForward } from "../../store/due-times.ts";
import type { Tx } from "../../store/index.ts";
import { newestEntryTime } from "../../store/journal.ts";
import { othersOf } from "./others.ts";

/** A wall clock that goes back by less is only being trimmed. */
const STEP_MS = 5_000;

/**
 * Times in the outbox and of timers are wall times; setting the clock back must not hold them up. Call the answer again and
 * again: it compares the wall clock with the one that never steps. Other instances that live go by their own clocks, and one
 * whose clock disagrees with theirs leaves everything as it is.
 */
export function followClock(ctx: () => Ctx): () => Promise<void> {
  let wallOffset: number | null = null;
  return async () => {
    const { clock, store } = ctx();
    const offset = clock.now() - clock.elapsed();
    const back = wallOffset === null ? 0 : wallOffset - offset;
    if (back > STEP_MS) await store.write((tx) => setBack(tx, ctx(), back));
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
  if (back > STEP_MS) await setBack(tx, ctx, back);
}

async function setBack(tx: Tx, ctx: Ctx, ms: number): Promise<void> {
  if ((await othersOf(tx, ctx)).some((o) => o.alive)) return;
  ctx.log.warn({ ms }, "the clock was set back; what is due later moves with it");
  await pullForward(tx, Math.round(ms));
  tx.afterCommit(ctx.wake.timers);
}
