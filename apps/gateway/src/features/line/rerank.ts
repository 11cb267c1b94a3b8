import { rulesOf } from "../../presenters/people.ts";
import type { Tx } from "../../store/index.ts";
import { allQueues } from "../../store/people.ts";
import { setRank, waitingOf } from "../../store/routing.ts";
import { rank } from "./rank.ts";

/** Gives waiting work its place in the line anew: after a queue's rules or a customer's tags have changed. */
export async function rerank(tx: Tx, of: { queueId: string } | { customerId: string }): Promise<void> {
  const rules = new Map((await allQueues(tx)).map((q) => [q.id, rulesOf(q).priority]));
  const moved = new Map<number, string[]>();
  for (const work of await waitingOf(tx, of)) {
    const rule = rules.get(work.queue_id);
    if (!rule) continue;
    const now = rank(work, work.tags, rule);
    if (now === work.rank_at) continue;
    const aheadMs = work.waiting_since - now;
    const ids = moved.get(aheadMs);
    if (ids) ids.push(work.id);
    else moved.set(aheadMs, [work.id]);
  }
  // Whole points make few different distances.
  for (const [aheadMs, ids] of moved) await setRank(tx, ids, { aheadMs });
}
