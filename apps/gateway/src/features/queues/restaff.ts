import type { Ctx } from "../../context.ts";
import { toQueue } from "../../presenters/people.ts";
import type { Tx } from "../../store/index.ts";
import { queueById } from "../../store/people.ts";
import { staffingOf } from "../../store/staffing.ts";
import { releaseLeavers } from "../interactions/index.ts";

/**
 * Makes a change by which other people may come to stand in these queues, and does what follows: the queues are told, offers
 * to those who left are withdrawn, and who has come may take what waits. Call it with the routing turn taken.
 */
export async function restaff(
  tx: Tx,
  ctx: Ctx,
  o: { queueIds: readonly string[]; actorId: string | null; change: () => Promise<void> },
): Promise<void> {
  const before = new Map<string, string[]>();
  for (const id of o.queueIds) before.set(id, (await staffingOf(tx, id)).memberIds);
  await o.change();
  for (const [queueId, were] of before) {
    const row = await queueById(tx, queueId);
    if (!row) continue;
    const queue = toQueue(row, await staffingOf(tx, queueId));
    const at = ctx.clock.now();
    tx.journal({ name: "queue.saved", at, actorId: o.actorId, scopes: ["org"], data: { queue } });
    const now = new Set(queue.memberIds);
    await releaseLeavers(tx, ctx, { queueId, userIds: were.filter((id) => !now.has(id)) });
  }
  if (before.size > 0) tx.afterCommit(ctx.wake.router);
}
