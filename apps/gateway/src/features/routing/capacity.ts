import { Capacity, type CommandParsed, changesBetween, defaultCapacity } from "@tongdai/shared";
import type { Ctx } from "../../context.ts";
import { assertFresh, nextVersion } from "../../store/fresh.ts";
import type { Queryable } from "../../store/index.ts";
import { fromJson } from "../../store/json.ts";
import { routingTurn } from "../../store/routing.ts";
import { readSetting, writeSetting } from "../../store/settings.ts";
import { type Actor, audit } from "../audit/index.ts";

const KEY = "capacity";

export async function readCapacity(q: Queryable): Promise<Capacity> {
  const value = await readSetting(q, KEY);
  return fromJson(Capacity, value ?? JSON.stringify(defaultCapacity));
}

/** Changes how much work of which kind goes with which: for everybody, at once. */
export function saveCapacity(
  ctx: Ctx,
  by: Actor,
  { version, ...rule }: CommandParsed<"capacity.save">,
): Promise<{ capacity: Capacity }> {
  return ctx.store.write(async (tx) => {
    await routingTurn(tx);
    const was = await readCapacity(tx);
    assertFresh(was, version);
    const capacity: Capacity = { ...rule, version: nextVersion(was) };
    await writeSetting(tx, KEY, JSON.stringify(capacity));
    const event = { at: ctx.clock.now(), actorId: by.userId, scopes: ["org"] };
    tx.journal({ ...event, name: "capacity.saved", data: { capacity } });
    const detail = { changes: changesBetween(was, capacity) };
    await audit(tx, ctx, { by, action: "capacity.saved", target: KEY, detail });
    tx.afterCommit(ctx.wake.router);
    return { capacity };
  });
}
