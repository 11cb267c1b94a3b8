import type { Ctx } from "../../context.ts";
import { forgetDeliveries } from "../../store/inbound.ts";
import type { Tx } from "../../store/index.ts";
import { namedFiles, removeMedia, unsentMedia } from "../../store/media.ts";
import { setTimer } from "../timers/index.ts";

const EVERY_MS = 24 * 60 * 60_000;
/** Raw webhook bodies are kept this long for replay; what failed stays until somebody looks. */
const KEEP_DELIVERIES_MS = 30 * 24 * 60 * 60_000;
/** An upload may wait so long in the composer of a client that is away. */
const KEEP_UNSENT_MS = 30 * 24 * 60 * 60_000;
/** Longer than any way from a file to the row that names it. */
const FILE_AGE_MS = 24 * 60 * 60_000;
const ROWS_AT_ONCE = 500;
const TIMER = { kind: "housekeeping", subjectId: "daily" };

/** Timer `housekeeping`: forgets what is kept for a while only. */
export async function keepHouse(tx: Tx, ctx: Ctx): Promise<void> {
  const now = ctx.clock.now();
  await forgetDeliveries(tx, now - KEEP_DELIVERIES_MS);
  const unsent = await unsentMedia(tx, { before: now - KEEP_UNSENT_MS, limit: ROWS_AT_ONCE });
  await removeMedia(
    tx,
    unsent.map((m) => m.id),
  );
  await setTimer(tx, ctx, { ...TIMER, dueAt: now + EVERY_MS });
}

/**
 * Removes the files that no row names. It runs after the rows are gone for good, and looks at every file: what a crash left
 * between the two, or between a file and its row, is found the next time. What messages hold is named and stays.
 */
export const sweepFiles = (ctx: Ctx): Promise<void> =>
  ctx.media.sweep({
    before: ctx.clock.now() - FILE_AGE_MS,
    named: (hashes) => namedFiles(ctx.store, hashes),
  });

export const planHousekeeping = (ctx: Ctx): Promise<void> =>
  ctx.store.write((tx) => setTimer(tx, ctx, { ...TIMER, dueAt: ctx.clock.now() + 60_000 }));
