import { type AccountBacklog, type CommandOutput, FAILED_SENDS_KEPT_MS } from "@tongdai/shared";
import type { Ctx } from "../../context.ts";
import { allAccounts } from "../../store/accounts.ts";
import { messagesToSend, quarantinedByWebhook } from "../../store/backlog.ts";
import { failedSendsByAccount } from "../../store/failed-sends.ts";
import { factsOf } from "./facts.ts";

/** Accounts behind one webhook share what was put aside: only the body that could not be applied knows whose it was. */
export async function tellBacklog(ctx: Ctx): Promise<CommandOutput<"channel_account.backlog">> {
  const aside = await quarantinedByWebhook(ctx.store);
  const leaving = await messagesToSend(ctx.store);
  const lost = await failedSendsByAccount(ctx.store, ctx.clock.now() - FAILED_SENDS_KEPT_MS);
  const countOf = (accountId: string, state: string): number =>
    Number(lost.find((r) => r.account_id === accountId && r.state === state)?.count ?? 0);
  return {
    accounts: (await allAccounts(ctx.store)).map(
      ({ id, channel, webhook_key, last_inbound_at, facts, facts_at }): AccountBacklog => {
        const waiting = leaving.find((r) => r.account_id === id);
        const kept = aside.find((r) => r.channel === channel && r.webhook_key === webhook_key);
        return {
          accountId: id,
          lastInboundAt: last_inbound_at,
          toSend: Number(waiting?.count ?? 0),
          dueSince: waiting?.oldest ?? null,
          failed: countOf(id, "failed"),
          unknown: countOf(id, "unknown"),
          facts: factsOf({ facts }),
          factsAt: facts_at,
          quarantined: kept ? { count: Number(kept.count), newestAt: kept.newest } : null,
        };
      },
    ),
  };
}
