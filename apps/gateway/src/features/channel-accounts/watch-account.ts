import type { Ctx } from "../../context.ts";
import { accountById, allAccounts, holdAccount } from "../../store/accounts.ts";
import type { Tx } from "../../store/index.ts";
import { setTimer } from "../timers/index.ts";
import { ask } from "./check-account.ts";
import { noteFacts } from "./facts.ts";
import { freeHeld, isPaused, setHealth } from "./health.ts";

const EVERY_MS = 30 * 60_000;
/** What only the vendor's word ends; `silent` ends when something is heard. */
const VENDORS_WORD = new Set(["login_needed", "restricted", "disabled", "unreachable"]);
/** Also how often a vendor that says nothing is asked until it answers: the question costs nothing. */
const SOON_MS = 60_000;

/** Timer `account_watch`: should the look that follows come to no end, there is another one. */
export async function planNextWatch(tx: Tx, ctx: Ctx, accountId: string): Promise<void> {
  const row = await accountById(tx, accountId);
  if (row?.enabled === 1) await watchSoon(tx, ctx, accountId);
}

/** Asks the vendor how the account is, so that trouble shows before a customer meets it. */
export async function watchAccount(ctx: Ctx, accountId: string): Promise<void> {
  const row = await accountById(ctx.store, accountId);
  if (!row || row.enabled === 0) return;
  const found = await ask(ctx, row).catch((err: unknown) => {
    ctx.log.warn({ err, account: accountId }, "the account could not be checked");
    return null;
  });
  await ctx.store.write(async (tx) => {
    if (found && (found.state !== "ok" || VENDORS_WORD.has(row.health)))
      await setHealth(tx, ctx, { accountId, state: found.state, error: found.detail });
    await noteFacts(tx, ctx, { accountId, facts: found?.facts });
    const now = await accountById(tx, accountId);
    await watchAgain(tx, ctx, { accountId, afterMs: now?.health === "unreachable" ? SOON_MS : EVERY_MS });
  });
}

/** Nothing more is sent into the dark: what is to leave waits until the vendor answers a check. */
export async function takeForUnreachable(
  tx: Tx,
  ctx: Ctx,
  { accountId, detail }: { accountId: string; detail: string | null },
): Promise<void> {
  const row = await holdAccount(tx, accountId);
  if (!row || isPaused(row)) return;
  await setHealth(tx, ctx, { accountId, state: "unreachable", error: detail });
  await watchSoon(tx, ctx, accountId);
}

const watchAgain = (tx: Tx, ctx: Ctx, o: { accountId: string; afterMs: number }): Promise<void> =>
  setTimer(tx, ctx, {
    kind: "account_watch",
    subjectId: o.accountId,
    dueAt: ctx.clock.now() + o.afterMs,
  });

export const watchSoon = (tx: Tx, ctx: Ctx, accountId: string): Promise<void> =>
  watchAgain(tx, ctx, { accountId, afterMs: SOON_MS });

/** At start: every account is looked at soon, whatever was planned before, and holds back only what it must. */
export async function watchAllAccounts(ctx: Ctx): Promise<void> {
  const accounts = await allAccounts(ctx.store);
  await ctx.store.write(async (tx) => {
    for (const { id } of accounts) {
      const row = await holdAccount(tx, id);
      if (row) await freeHeld(tx, ctx, row);
      await watchSoon(tx, ctx, id);
    }
  });
}
