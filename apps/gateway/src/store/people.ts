import { sql } from "kysely";
import type { Queryable } from "./store.ts";

export const userById = (q: Queryable, id: string) =>
  q.db.selectFrom("user").selectAll().where("id", "=", id).executeTakeFirst();

export const allUsers = (q: Queryable) => q.db.selectFrom("user").selectAll().orderBy("name").execute();

export async function queueIdsOf(q: Queryable, userId: string): Promise<string[]> {
  const rows = await q.db.selectFrom("queue_member").select("queue_id").where("user_id", "=", userId).execute();
  return rows.map((r) => r.queue_id);
}

export const queueById = (q: Queryable, id: string) =>
  q.db.selectFrom("queue").selectAll().where("id", "=", id).executeTakeFirst();

export async function memberIdsOf(q: Queryable, queueId: string): Promise<string[]> {
  const rows = await q.db.selectFrom("queue_member").select("user_id").where("queue_id", "=", queueId).execute();
  return rows.map((r) => r.user_id);
}

export const allQueues = (q: Queryable) => q.db.selectFrom("queue").selectAll().orderBy("name").execute();

export const allMemberships = (q: Queryable) => q.db.selectFrom("queue_member").selectAll().execute();

/** Interactions an agent holds now: offered (with the offer open), active or in wrap-up. */
const load = sql<number>`(select count(*) from interaction i where i.owner_id = a.user_id and i.state <> 'closed')
  + (select count(*) from offer o where o.user_id = a.user_id and o.state = 'open')`;

const agents = (q: Queryable) =>
  q.db.selectFrom("agent_state as a").selectAll("a").select(load.as("load"));

export const allAgents = (q: Queryable) => agents(q).execute();

export const agentById = (q: Queryable, userId: string) =>
  agents(q).where("a.user_id", "=", userId).executeTakeFirst();

export type AgentRow = NonNullable<Awaited<ReturnType<typeof agentById>>>;
