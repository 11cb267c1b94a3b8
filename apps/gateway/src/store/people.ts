import type { Insertable, Updateable } from "kysely";
import { prepared } from "./prepared.ts";
import type { AgentStateRow, QueueRow, Tables, UserRow } from "./schema.ts";
import type { Queryable, Tx } from "./store.ts";

const byId = prepared((q, p: { id: string }) => q.db.selectFrom("user").selectAll().where("id", "=", p.id));

export const userById = (q: Queryable, id: string) => byId.first(q, { id });

export const allUsers = (q: Queryable) => q.db.selectFrom("user").selectAll().orderBy("name").execute();

const queuesOf = prepared((q, p: { userId: string }) =>
  q.db.selectFrom("queue_staff").select("queue_id").where("user_id", "=", p.userId),
);

/** The queues that somebody is in, themselves or as one of a team. */
export async function queueIdsOf(q: Queryable, userId: string): Promise<string[]> {
  return (await queuesOf.all(q, { userId })).map((r) => r.queue_id);
}

const queue = prepared((q, p: { id: string }) => q.db.selectFrom("queue").selectAll().where("id", "=", p.id));

export const queueById = (q: Queryable, id: string) => queue.first(q, { id });

const staff = prepared((q, p: { queueId: string }) =>
  q.db.selectFrom("queue_staff").select("user_id").where("queue_id", "=", p.queueId),
);

/** Everybody in the queue, themselves or as one of a team. */
export async function memberIdsOf(q: Queryable, queueId: string): Promise<string[]> {
  return (await staff.all(q, { queueId })).map((r) => r.user_id);
}

const queues = prepared((q) => q.db.selectFrom("queue").selectAll().orderBy("name"));

export const allQueues = (q: Queryable) => queues.all(q, {});

const memberships = prepared((q) => q.db.selectFrom("queue_staff").selectAll());

/** Everybody in every queue. */
export const allMemberships = (q: Queryable) => memberships.all(q, {});

const skilled = prepared((q) => q.db.selectFrom("user").select(["id", "skills"]).where("skills", "<>", "{}"));

/** The skills of everybody who has any, as stored. */
export const allWithSkills = (q: Queryable) => skilled.all(q, {});

export interface AgentRow extends AgentStateRow {
  /** Interactions held now, by kind of work: offered (with the offer open), active or in wrap-up; not what is parked. */
  readonly carries: { readonly call: number; readonly chat: number; readonly mail: number };
}

const held = (q: Queryable) =>
  q.db
    .selectFrom("interaction as i")
    .select(["i.owner_id as user_id", "i.work", (e) => e.fn.countAll<number>().as("n")])
    .where("i.owner_id", "is not", null)
    .where("i.state", "<>", "closed")
    .where("i.state", "<>", "parked")
    .groupBy(["i.owner_id", "i.work"]);

const asked = (q: Queryable) =>
  q.db
    .selectFrom("offer as o")
    .select(["o.user_id", "o.work", (e) => e.fn.countAll<number>().as("n")])
    .where("o.state", "=", "open")
    .groupBy(["o.user_id", "o.work"]);

const carriedByAll = prepared((q) => held(q).unionAll(asked(q)));
const carriedByOne = prepared((q, p: { userId: string }) =>
  held(q)
    .where("i.owner_id", "=", p.userId)
    .unionAll(asked(q).where("o.user_id", "=", p.userId)),
);

type Carried = Awaited<ReturnType<typeof carriedByAll.all>>;

function withWork(row: AgentStateRow, carried: Carried = []): AgentRow {
  const count = (work: string) => carried.reduce((sum, c) => (c.work === work ? sum + Number(c.n) : sum), 0);
  return { ...row, carries: { call: count("call"), chat: count("chat"), mail: count("mail") } };
}

const everyAgent = prepared((q) => q.db.selectFrom("agent_state").selectAll());

export async function allAgents(q: Queryable): Promise<AgentRow[]> {
  const carried = Map.groupBy(await carriedByAll.all(q, {}), (c) => c.user_id ?? "");
  return (await everyAgent.all(q, {})).map((row) => withWork(row, carried.get(row.user_id)));
}

const agent = prepared((q, p: { userId: string }) =>
  q.db.selectFrom("agent_state").selectAll().where("user_id", "=", p.userId),
);

export async function agentById(q: Queryable, userId: string): Promise<AgentRow | undefined> {
  const row = await agent.first(q, { userId });
  return row && withWork(row, await carriedByOne.all(q, { userId }));
}

const change = prepared((q, { key, ...fields }: Partial<AgentStateRow> & { key: string }) =>
  q.db.updateTable("agent_state").set(fields).where("user_id", "=", key),
);

export const updateAgent = (tx: Tx, userId: string, fields: Partial<AgentStateRow>) =>
  change.run(tx, { ...fields, key: userId });

export const userByUsername = (q: Queryable, username: string) =>
  q.db.selectFrom("user").selectAll().where("username", "=", username).executeTakeFirst();

/** False when the name is taken. */
export async function insertUser(tx: Tx, row: Insertable<Tables["user"]>): Promise<boolean> {
  const inserted = await tx.db
    .insertInto("user")
    .values(row)
    .onConflict((c) => c.column("username").doNothing())
    .returning("id")
    .executeTakeFirst();
  return inserted !== undefined;
}

export const updateUser = (tx: Tx, id: string, change: Updateable<UserRow>) =>
  tx.db.updateTable("user").set(change).where("id", "=", id).execute();

/** Compare-and-set: false when the password was changed since it was read. */
export async function replacePassword(
  tx: Tx,
  id: string,
  o: { was: string; becomes: string },
): Promise<boolean> {
  const { numUpdatedRows } = await tx.db
    .updateTable("user")
    .set({ password_hash: o.becomes, must_change: 0 })
    .where("id", "=", id)
    .where("password_hash", "=", o.was)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

export const enabledUsers = (q: Queryable) =>
  q.db.selectFrom("user").selectAll().where("disabled", "=", 0).execute();

/** Also somebody who is disabled. */
export async function somebodyHasRole(q: Queryable, roleId: string): Promise<boolean> {
  const pattern = `%"${roleId}"%`;
  const row = await q.db.selectFrom("user").select("id").where("roles", "like", pattern).executeTakeFirst();
  return row !== undefined;
}

/** Leaves a state that is there already alone. */
export const insertAgentState = (tx: Tx, row: Insertable<Tables["agent_state"]>) =>
  tx.db
    .insertInto("agent_state")
    .values(row)
    .onConflict((c) => c.doNothing())
    .execute();

export const queueByName = (q: Queryable, name: string) =>
  q.db.selectFrom("queue").selectAll().where("name", "=", name).executeTakeFirst();

export const insertQueue = (tx: Tx, row: Insertable<Tables["queue"]>) =>
  tx.db.insertInto("queue").values(row).execute();

export const updateQueue = (tx: Tx, id: string, change: Updateable<QueueRow>) =>
  tx.db.updateTable("queue").set(change).where("id", "=", id).execute();

/** Replaces those named themselves. */
export async function replaceMembers(tx: Tx, queueId: string, userIds: readonly string[]): Promise<void> {
  await tx.db.deleteFrom("queue_member").where("queue_id", "=", queueId).execute();
  if (userIds.length === 0) return;
  const rows = userIds.map((user_id) => ({ queue_id: queueId, user_id }));
  await tx.db.insertInto("queue_member").values(rows).execute();
}

export async function existingUserIds(q: Queryable, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const rows = await q.db.selectFrom("user").select("id").where("id", "in", ids).execute();
  return rows.map((r) => r.id);
}
