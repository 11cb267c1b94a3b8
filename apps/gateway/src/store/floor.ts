import { prepared } from "./prepared.ts";
import type { Queryable } from "./store.ts";

const open = prepared((q) =>
  q.db
    .selectFrom("interaction as i")
    .innerJoin("conversation as c", "c.id", "i.conversation_id")
    .select(["i.id", "i.conversation_id", "i.channel", "i.queue_id", "i.state", "i.owner_id"])
    .select([
      "i.waiting_since",
      "i.accepted_at",
      "i.held_until",
      "i.parked_until",
      "i.return_to",
      "i.version",
      "c.unanswered_since",
    ])
    .where("i.state", "<>", "closed"),
);

/** All work that is not closed. */
export const openInteractions = (q: Queryable) => open.all(q, {});

const lost = prepared((q) =>
  q.db.selectFrom("agent_state").select("user_id").where("lost_at", "is not", null),
);

/** Agents of whom no client is connected. */
export const lostAgentIds = async (q: Queryable): Promise<string[]> =>
  (await lost.all(q, {})).map((r) => r.user_id);

const waiting = prepared((q, p: { queueId: string; limit: number }) =>
  q.db
    .selectFrom("interaction as i")
    .innerJoin("customer as u", "u.id", "i.customer_id")
    .leftJoin("offer as o", (j) => j.onRef("o.interaction_id", "=", "i.id").on("o.state", "=", "open"))
    .select(["i.id", "i.version", "i.conversation_id", "i.channel", "i.state", "i.waiting_since"])
    .select([
      "i.boost",
      "i.held_until",
      "i.customer_id",
      "i.transferred_to",
      "i.wait_reason",
      "u.name",
      "o.user_id as offered_to",
    ])
    .where("i.queue_id", "=", p.queueId)
    .where((e) => e.or([e("i.state", "=", "waiting"), e("i.state", "=", "offered")]))
    .orderBy("i.rank_at")
    .orderBy("i.id")
    .limit(p.limit),
);

/** Whom nobody has taken yet, in the order of the queue's line. */
export const waitingLine = (q: Queryable, queueId: string, limit: number) =>
  waiting.all(q, { queueId, limit });
