import { changesBetween, ReportDefinition } from "@tongdai/shared";
import type { Caller, Ctx } from "../../context.ts";
import type { Queryable } from "../../store/index.ts";
import { fromJson } from "../../store/json.ts";
import { readSetting, writeSetting } from "../../store/settings.ts";
import { audit } from "../audit/index.ts";

const KEY = "floor.definition";

/** How the floor reads service level: the same for everybody. */
export async function readDefinition(q: Queryable): Promise<ReportDefinition> {
  const value = await readSetting(q, KEY);
  return value === undefined ? ReportDefinition.parse({}) : fromJson(ReportDefinition, value);
}

export function saveDefinition(
  ctx: Ctx,
  by: Caller,
  definition: ReportDefinition,
): Promise<{ definition: ReportDefinition }> {
  return ctx.store.write(async (tx) => {
    const was = await readDefinition(tx);
    await writeSetting(tx, KEY, JSON.stringify(definition));
    const event = { at: ctx.clock.now(), actorId: by.userId, scopes: ["all"] };
    tx.journal({ ...event, name: "floor.defined", data: { definition } });
    const detail = { changes: changesBetween(was, definition) };
    await audit(tx, ctx, { by, action: "floor.defined", target: KEY, detail });
    return { definition };
  });
}
