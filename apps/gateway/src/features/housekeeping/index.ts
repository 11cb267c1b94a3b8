import type { Ctx } from "../../context.ts";
import { forgetDeliveries } from "../../store/inbound.ts";
import type { Tx } from "../../store/index.ts";
import { setTimer } from "../timers/index.ts";

const EVERY_MS = 24 * 60 * 60_000;
/** Raw webhook bodies are kept this long for replay; what failed stays until somebody looks. */
const KEEP_DELIVERIES_MS = 30 * 24 * 60 * 60_000;
const TIMER = { kind: "housekeeping", subjectId: "daily" };

/** Timer `housekeeping`: forgets what is kept for a while only. */
export async function keepHouse(tx: Tx, ctx: Ctx): Promise<void> {
  const now = ctx.clock.now();
  await forgetDeliveries(tx, now - KEEP_DELIVERIES_MS);
  await setTimer(tx, ctx, { ...TIMER, dueAt: now + EVERY_MS });
}

export const planHousekeeping = (ctx: Ctx): Promise<void> =>
  ctx.store.write((tx) => setTimer(tx, ctx, { ...TIMER, dueAt: ctx.clock.now() + 60_000 }));
