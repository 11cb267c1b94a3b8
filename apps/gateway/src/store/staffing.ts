import { sql } from "kysely";
import type { Queryable, Tx } from "./store.ts";

/** Who works in a queue, and why. */
export interface Staffing {
  /** Everybody: named themselves or as one of a team. */
  readonly memberIds: string[];
  readonly namedIds: string[];
  readonly teamIds: string[];
}

export async function staffingOf(q: Queryable, queueId: string): Promise<Staffing> {
  const staff = await q.db
    .selectFrom("queue_staff")
    .select("user_id")
    .where("queue_id", "=", queueId)
    .execute();
  const named = await q.db
    .selectFrom("queue_member")
    .select("user_id")
    .where("queue_id", "=", queueId)
    .execute();
  const teams = await q.db
    .selectFrom("queue_team")
    .select("team_id")
    .where("queue_id", "=", queueId)
    .execute();
  return {
    memberIds: staff.map((r) => r.user_id),
    namedIds: named.map((r) => r.user_id),
    teamIds: teams.map((r) => r.team_id),
  };
}

/** Whether somebody else who is there has work of the queue in hand. */
export async function isServed(
  q: Queryable,
  o: { queueId: string; leaver: string | null },
): Promise<boolean> {
  const found = await q.db
    .selectFrom("queue_staff as s")
    .innerJoin("agent_state as a", "a.user_id", "s.user_id")
    .innerJoin("interaction as i", "i.owner_id", "s.user_id")
    .select("i.id")
    .where("s.queue_id", "=", o.queueId)
    .where("s.user_id", "<>", o.leaver ?? "")
    .where("a.state", "in", ["available", "busy"])
    .where("a.lost_at", "is", null)
    .where("i.queue_id", "=", o.queueId)
    .where("i.state", "=", "active")
    .limit(1)
    .executeTakeFirst();
  return found !== undefined;
}

/** Of every queue, by its id. */
export async function allStaffing(q: Queryable): Promise<(queueId: string) => Staffing> {
  const staff = Map.groupBy(await q.db.selectFrom("queue_staff").selectAll().execute(), byQueue);
  const named = Map.groupBy(await q.db.selectFrom("queue_member").selectAll().execute(), byQueue);
  const teams = Map.groupBy(await q.db.selectFrom("queue_team").selectAll().execute(), byQueue);
  return (queueId) => ({
    memberIds: staff.get(queueId)?.map((r) => r.user_id) ?? [],
    namedIds: named.get(queueId)?.map((r) => r.user_id) ?? [],
    teamIds: teams.get(queueId)?.map((r) => r.team_id) ?? [],
  });
}

const byQueue = (row: { queue_id: string }): string => row.queue_id;

export async function replaceQueueTeams(tx: Tx, queueId: string, teamIds: readonly string[]): Promise<void> {
  await tx.db.deleteFrom("queue_team").where("queue_id", "=", queueId).execute();
  if (teamIds.length === 0) return;
  const rows = teamIds.map((team_id) => ({ queue_id: queueId, team_id }));
  await tx.db.insertInto("queue_team").values(rows).execute();
}

export async function queueIdsWithTeam(q: Queryable, teamId: string): Promise<string[]> {
  const rows = await q.db.selectFrom("queue_team").select("queue_id").where("team_id", "=", teamId).execute();
  return rows.map((r) => r.queue_id);
}

/** Where one person is named or stands: of queues those where the person is named themselves. */
export async function placesOf(
  q: Queryable,
  userId: string,
): Promise<{ queueIds: string[]; teamIds: string[] }> {
  const queues = await q.db
    .selectFrom("queue_member")
    .select("queue_id")
    .where("user_id", "=", userId)
    .execute();
  const teams = await q.db
    .selectFrom("team_member")
    .select("team_id")
    .where("user_id", "=", userId)
    .execute();
  return { queueIds: queues.map((r) => r.queue_id), teamIds: teams.map((r) => r.team_id) };
}

/** Puts somebody into a queue or a team by name, or takes them out; it is a new version of that. */
export async function setPlace(
  tx: Tx,
  userId: string,
  o: { in: { queueId: string } | { teamId: string }; stands: boolean },
): Promise<void> {
  const next = { version: sql<number>`version + 1` };
  if ("queueId" in o.in) {
    const place = { queue_id: o.in.queueId, user_id: userId };
    if (o.stands) await tx.db.insertInto("queue_member").values(place).execute();
    else
      await tx.db
        .deleteFrom("queue_member")
        .where("queue_id", "=", place.queue_id)
        .where("user_id", "=", userId)
        .execute();
    await tx.db.updateTable("queue").set(next).where("id", "=", place.queue_id).execute();
    return;
  }
  const place = { team_id: o.in.teamId, user_id: userId };
  if (o.stands) await tx.db.insertInto("team_member").values(place).execute();
  else
    await tx.db
      .deleteFrom("team_member")
      .where("team_id", "=", place.team_id)
      .where("user_id", "=", userId)
      .execute();
  await tx.db.updateTable("team").set(next).where("id", "=", place.team_id).execute();
}
