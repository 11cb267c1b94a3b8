import { CapacityRule, defaultCapacity } from "@tongdai/shared";
import type { Ctx } from "../../context.ts";
import type { Queryable } from "../../store/index.ts";
import { fromJson } from "../../store/json.ts";
import { routingTurn } from "../../store/routing.ts";
import { readSetting, writeSetting } from "../../store/settings.ts";
import { type Actor, audit } from "../audit/index.ts";

const KEY = "capacity";

export async function readCapacity(q: Queryable): Promise<CapacityRule> {
  const value = await readSetting(q, KEY);
  return value === undefined ? defaultCapacity : fromJson(CapacityRule, value);
}

/** Changes how much work of which kind goes with which: for everybody, at once. */
export function saveCapacity(
  ctx: Ctx,
  by: Actor,
  capacity: CapacityRule,
): Promise<{ capacity: CapacityRule }> {
  return ctx.store.write(async (tx) => {
    await routingTurn(tx);
    await writeSetting(tx, KEY, JSON.stringify(capacity));
    const event = { at: ctx.clock.now(), actorId: by.userId, scopes: ["org"] };
    tx.journal({ ...event, name: "capacity.saved", data: { capacity } });
    await audit(tx, ctx, { by, action: "capacity.saved", target: KEY, detail: { ...capacity } });
    tx.afterCommit(ctx.wake.router);
    return { capacity };
  });
}
