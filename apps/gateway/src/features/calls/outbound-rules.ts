import { type CommandParsed, changesBetween, defaultOutboundRules, OutboundRules } from "@tongdai/shared";
import type { Caller, Ctx } from "../../context.ts";
import { assertFresh, nextVersion } from "../../store/fresh.ts";
import type { Queryable, Tx } from "../../store/index.ts";
import { fromJson } from "../../store/json.ts";
import { holdThing } from "../../store/locks.ts";
import { readSetting, writeSetting } from "../../store/settings.ts";
import { audit } from "../audit/index.ts";

const RULES = "outbound_rules";

/** Calls out are counted, allowed and ruled one after the other. */
export const outboundTurn = (tx: Tx): Promise<void> => holdThing(tx, "calls out");

export async function readOutboundRules(q: Queryable): Promise<OutboundRules> {
  const value = await readSetting(q, RULES);
  return value === undefined ? defaultOutboundRules : fromJson(OutboundRules, value);
}

/** From the next call on. Throws `conflict` when somebody was quicker. */
export function saveOutboundRules(
  ctx: Ctx,
  caller: Caller,
  input: CommandParsed<"outbound_rules.save">,
): Promise<OutboundRules> {
  return ctx.store.write(async (tx) => {
    await outboundTurn(tx);
    const was = await readOutboundRules(tx);
    assertFresh(was, input.version);
    const now: OutboundRules = { ...input, version: nextVersion(was) };
    await writeSetting(tx, RULES, JSON.stringify(now));
    const changes = changesBetween(shortly(was), shortly(now));
    await audit(tx, ctx, { by: caller, action: "outbound_rules.saved", target: RULES, detail: { changes } });
    return now;
  });
}

const shortly = ({ enabled, countries, premium, perAgent, perDay, hours, callers }: OutboundRules) => ({
  enabled,
  countries,
  premium,
  perAgent,
  perDay,
  callers: callers.map((c) => `${c.queueId} ${c.accountId}`),
  serviceHours: hours.service?.join("-") ?? null,
  advertisingHours: hours.advertising.join("-"),
});
