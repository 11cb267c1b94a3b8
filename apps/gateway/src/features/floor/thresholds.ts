import {
  AppError,
  type CommandParsed,
  changesBetween,
  defaultThresholds,
  QueueThresholds,
} from "@tongdai/shared";
import type { Caller, Ctx } from "../../context.ts";
import type { Queryable } from "../../store/index.ts";
import { fromJson } from "../../store/json.ts";
import { queueById } from "../../store/people.ts";
import { readSetting, settingsUnder, swapSetting } from "../../store/settings.ts";
import { audit } from "../audit/index.ts";

const PREFIX = "thresholds.";

/** By queue; who is not in it has the usual ones. */
export async function readThresholds(q: Queryable): Promise<Map<string, QueueThresholds>> {
  const saved = await settingsUnder(q, PREFIX);
  return new Map(saved.map(({ key, value }) => [key.slice(PREFIX.length), fromJson(QueueThresholds, value)]));
}

/** Throws `conflict` when they are not what the asker saw any more. */
export function saveThresholds(
  ctx: Ctx,
  by: Caller,
  { queueId, was, thresholds }: CommandParsed<"floor.set_thresholds">,
): Promise<{ thresholds: QueueThresholds }> {
  return ctx.store.write(async (tx) => {
    if (!(await queueById(tx, queueId))) throw new AppError("not_found", "no such queue");
    const key = PREFIX + queueId;
    const before = await readSetting(tx, key);
    const known = before === undefined ? defaultThresholds : fromJson(QueueThresholds, before);
    const seen = JSON.stringify(known) === JSON.stringify(was);
    if (!seen || !(await swapSetting(tx, key, { was: before, now: JSON.stringify(thresholds) })))
      throw new AppError("conflict", "somebody else has set these meanwhile");
    const event = { at: ctx.clock.now(), actorId: by.userId, scopes: ["all"] };
    tx.journal({ ...event, name: "thresholds.saved", data: { queueId, thresholds } });
    const detail = { changes: changesBetween(known, thresholds) };
    await audit(tx, ctx, { by, action: "thresholds.saved", target: queueId, detail });
    return { thresholds };
  });
}
