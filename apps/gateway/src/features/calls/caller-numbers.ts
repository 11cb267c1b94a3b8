import type { CallerNumber, OutboundRules } from "@tongdai/shared";
import type { Caller, Ctx } from "../../context.ts";
import { allAccounts } from "../../store/accounts.ts";
import type { Queryable } from "../../store/index.ts";
import type { ChannelAccountRow } from "../../store/schema.ts";

/** Our numbers that work. */
export async function ownNumbers(q: Queryable, ctx: Ctx): Promise<ChannelAccountRow[]> {
  const calls = new Set<string>(ctx.channels.all.filter((c) => c.capabilities.calls).map((c) => c.id));
  return (await allAccounts(q)).filter((account) => account.enabled === 1 && calls.has(account.channel));
}

/**
 * What somebody may be seen to call from: for each of their queues the number that the rules name, else the queue's own. Only telephone
 * numbers: a name says nothing to whoever is called.
 */
export async function callerNumbers(
  q: Queryable,
  ctx: Ctx,
  o: { caller: Caller; rules: OutboundRules },
): Promise<CallerNumber[]> {
  const numbers = (await ownNumbers(q, ctx)).filter(({ external_id }) => /^\+?\d+$/.test(external_id));
  return o.caller.queueIds.flatMap((queueId) => {
    const named = o.rules.callers.find((c) => c.queueId === queueId)?.accountId;
    const shown =
      numbers.find(({ id }) => id === named) ?? numbers.find(({ queue_id }) => queue_id === queueId);
    return shown ? [{ queueId, accountId: shown.id, number: shown.external_id }] : [];
  });
}
