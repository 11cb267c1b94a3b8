import { sql } from "kysely";
import { agentLoad } from "./people.ts";
import { prepared } from "./prepared.ts";
import type { InteractionRow } from "./schema.ts";
import type { Queryable, Tx } from "./store.ts";

/** Agents who may be offered something now. */
const agentsWithRoom = (q: Queryable) =>
  q.db
    .selectFrom("agent_state as a")
    .where("a.state", "=", "available")
    .where("a.lost_at", "is", null)
    .where(agentLoad, "<", (e) => e.ref("a.capacity"));

const routable = prepared((q, p: { limit: number }) =>
  q.db
    .selectFrom("interaction")
    .selectAll()
    .where("state", "=", "waiting")
    .where("held_until", "is", null)
    .where((e) =>
      e.or([
        e("wait_reason", "is", null),
        e(
          "queue_id",
          "in",
          agentsWithRoom(q).innerJoin("queue_member as m", "m.user_id", "a.user_id").select("m.queue_id"),
        ),
        e("preferred_agent_id", "in", agentsWithRoom(q).select("a.user_id")),
      ]),
    )
    .orderBy("priority", "desc")
    .orderBy("waiting_since")
    .orderBy("id")
    .limit(p.limit),
);

/**
 * Waiting work that somebody might take now: of queues with a member who has room, meant for an agent with room, or not
 * yet looked at. Work that nobody can take stays out, so it cannot stand in the way of the rest; so does what is held until
 * its queue opens.
 */
export const routableWaiting = (q: Queryable, limit: number): Promise<InteractionRow[]> =>
  routable.all(q, { limit });

/**
 * Whoever routes, or changes who is there to be routed to, does so alone: an offer must not be made to somebody who is
 * just leaving. Taken before anything else is held.
 *
 * One node routes at a time; the others' turn comes with their own wake-up. Released by the commit.
 */
export async function routingTurn(tx: Tx): Promise<void> {
  if (tx.engine === "postgres") await sql`select pg_advisory_xact_lock(7073)`.execute(tx.db);
}

export const setWaitReason = (tx: Tx, interactionId: string, reason: string) =>
  tx.db.updateTable("interaction").set({ wait_reason: reason }).where("id", "=", interactionId).execute();
