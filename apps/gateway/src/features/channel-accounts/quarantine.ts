import type { CommandOutput } from "@tongdai/shared";
import type { Ctx } from "../../context.ts";
import { allAccounts } from "../../store/accounts.ts";
import { quarantinedByWebhook } from "../../store/backlog.ts";

/** Accounts behind one webhook share its count: only the body that could not be applied knows whose it was. */
export async function tellQuarantine(ctx: Ctx): Promise<CommandOutput<"channel_account.quarantine">> {
  const rows = await quarantinedByWebhook(ctx.store);
  const accounts = await allAccounts(ctx.store);
  return {
    accounts: accounts.flatMap(({ id: accountId, channel, webhook_key }) => {
      const found = rows.find((r) => r.channel === channel && r.webhook_key === webhook_key);
      return found ? [{ accountId, count: Number(found.count), newestAt: found.newest }] : [];
    }),
  };
}
