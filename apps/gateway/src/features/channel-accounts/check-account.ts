import { AppError, type ChannelAccount } from "@tongdai/shared";
import type { Account, AccountCheck } from "../../channels/channel.ts";
import type { Ctx } from "../../context.ts";
import { accountById } from "../../store/accounts.ts";
import type { ChannelAccountRow } from "../../store/schema.ts";
import { withTimeout } from "../../with-timeout.ts";
import { type Actor, audit } from "../audit/index.ts";
import { noteFacts } from "./facts.ts";
import { setHealth } from "./health.ts";
import { openAccount } from "./open-account.ts";
import { toAccount } from "./present.ts";

const WITHIN_MS = 15_000;

/**
 * Asks the vendor how the account is and sets its health; one that is well sends again what was held back. Throws `conflict`
 * for an account that is switched off, `timeout` and what the channel throws on trouble that may pass.
 */
export async function checkAccount(ctx: Ctx, caller: Actor, accountId: string): Promise<ChannelAccount> {
  const row = await accountById(ctx.store, accountId);
  if (!row) throw new AppError("not_found", "no such account");
  if (row.enabled === 0) throw new AppError("conflict", "the account is switched off");
  const found = await ask(ctx, row);
  return ctx.store.write(async (tx) => {
    await setHealth(tx, ctx, { accountId, state: found.state, error: found.detail });
    await noteFacts(tx, ctx, { accountId, facts: found.facts });
    await audit(tx, ctx, {
      by: caller,
      action: "channel_account.checked",
      target: accountId,
      detail: { state: found.state },
    });
    const now = await accountById(tx, accountId);
    if (!now) throw new AppError("not_found", "no such account");
    return toAccount(now);
  });
}

/** An account that cannot be opened is one that somebody must connect again. */
export async function ask(ctx: Ctx, row: ChannelAccountRow): Promise<AccountCheck> {
  let account: Account;
  try {
    account = openAccount(ctx, row);
  } catch (error) {
    return { state: "login_needed", name: null, detail: String(error) };
  }
  return withTimeout(ctx.clock, WITHIN_MS, (signal) => account.check(signal));
}
