import type { Ctx } from "../../context.ts";
import { forgetDeliveries } from "../../store/inbound.ts";
import type { Tx } from "../../store/index.ts";
import { namedFiles, removeMedia, unsentMedia } from "../../store/media.ts";
import { forgetChanges } from "../../store/message-changes.ts";
import { forgetWebhookDeliveries } from "../../store/webhook-deliveries.ts";
import { setTimer } from "../timers/index.ts";
import { KEEP_WEBHOOK_LOG_MS } from "../webhooks/index.ts";

const FIRST_MS = 60_000;
const EVERY_MS = 24 * 60 * 60_000;
/** Raw webhook bodies are kept this long for replay; what failed stays until somebody looks. */
const KEEP_DELIVERIES_MS = 30 * 24 * 60 * 60_000;
/** What happened to a message that has not come by now came without it. */
const KEEP_CHANGES_MS = 14 * 24 * 60 * 60_000;
/** An upload may wait so long in the composer of a client that is away. */
const KEEP_UNSENT_MS = 30 * 24 * 60 * 60_000;
/** Longer than any way from a file to the row that names it. */
const FILE_AGE_MS = 24 * 60 * 60_000;
const ROWS_AT_ONCE = 500;
const TIMER = { kind: "housekeeping", subjectId: "daily" };

/**
 * Forgets what is kept for a while only. In pages, each a unit of work of its own: whatever else is written goes on between
 * them, and what a stop leaves over goes the next time.
 */
export async function keepHouse(ctx: Ctx): Promise<void> {
  const now = ctx.clock.now();
  const old = { before: now - KEEP_DELIVERIES_MS, limit: ROWS_AT_ONCE };
  await inPages(ctx, (tx) => forgetDeliveries(tx, old));
  const changes = { before: now - KEEP_CHANGES_MS, limit: ROWS_AT_ONCE };
  await inPages(ctx, (tx) => forgetChanges(tx, changes));
  const told = { before: now - KEEP_WEBHOOK_LOG_MS, limit: ROWS_AT_ONCE };
  await inPages(ctx, (tx) => forgetWebhookDeliveries(tx, told));
  await inPages(ctx, async (tx) => {
    const unsent = await unsentMedia(tx, { before: now - KEEP_UNSENT_MS, limit: ROWS_AT_ONCE });
    await removeMedia(
      tx,
      unsent.map((m) => m.id),
    );
    return unsent.length;
  });
}

async function inPages(ctx: Ctx, remove: (tx: Tx) => Promise<number>): Promise<void> {
  while ((await ctx.store.write(remove)) === ROWS_AT_ONCE);
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

/** Soon after a start. */
export const planHousekeeping = (ctx: Ctx): Promise<void> =>
  ctx.store.write((tx) => setTimer(tx, ctx, { ...TIMER, dueAt: ctx.clock.now() + FIRST_MS }));

export const planNextHousekeeping = (tx: Tx, ctx: Ctx): Promise<void> =>
  setTimer(tx, ctx, { ...TIMER, dueAt: ctx.clock.now() + EVERY_MS });
