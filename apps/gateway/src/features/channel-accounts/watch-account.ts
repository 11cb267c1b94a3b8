import type { Ctx } from "../../context.ts";
import { accountById, allAccounts, holdAccount } from "../../store/accounts.ts";
import { setTimer } from "../timers/index.ts";
import { ask } from "./check-account.ts";
import { freeHeld, setHealth } from "./health.ts";

const EVERY_MS = 30 * 60_000;
/** What only the vendor's word ends; `silent` ends when something is heard. */
const VENDORS_WORD = new Set(["login_needed", "restricted", "disabled"]);

/** Timer `account_watch`: asks the vendor how the account is, so that trouble shows before a customer meets it. */
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
    await setTimer(tx, ctx, {
      kind: "account_watch",
      subjectId: accountId,
      dueAt: ctx.clock.now() + EVERY_MS,
    });
  });
}

/** At start: every account is looked at soon, whatever was planned before, and holds back only what it must. */
export async function watchAllAccounts(ctx: Ctx): Promise<void> {
  const accounts = await allAccounts(ctx.store);
  await ctx.store.write(async (tx) => {
    for (const { id } of accounts) {
      const row = await holdAccount(tx, id);
      if (row) await freeHeld(tx, ctx, row);
      await setTimer(tx, ctx, { kind: "account_watch", subjectId: id, dueAt: ctx.clock.now() + 60_000 });
    }
  });
}
