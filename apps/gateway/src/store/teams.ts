import type { Team } from "@tongdai/shared";
import type { TeamRow } from "./schema.ts";
import type { Queryable, Tx } from "./store.ts";

export async function allTeams(q: Queryable): Promise<Team[]> {
  const members = Map.groupBy(await q.db.selectFrom("team_member").selectAll().execute(), byTeam);
  const leads = Map.groupBy(await q.db.selectFrom("team_lead").selectAll().execute(), byTeam);
  const rows = await q.db.selectFrom("team").selectAll().orderBy("name").execute();
  return rows.map((row) => ({
    ...row,
    memberIds: members.get(row.id)?.map((m) => m.user_id) ?? [],
    leadIds: leads.get(row.id)?.map((m) => m.user_id) ?? [],
  }));
}

const byTeam = (row: { team_id: string }): string => row.team_id;

export async function teamById(q: Queryable, id: string): Promise<Team | undefined> {
  const row = await q.db.selectFrom("team").selectAll().where("id", "=", id).executeTakeFirst();
  if (!row) return undefined;
  const of = (table: "team_member" | "team_lead") =>
    q.db.selectFrom(table).select("user_id").where("team_id", "=", id).execute();
  const [members, leads] = [await of("team_member"), await of("team_lead")];
  return { ...row, memberIds: members.map((m) => m.user_id), leadIds: leads.map((m) => m.user_id) };
}

export const teamByName = (q: Queryable, name: string) =>
  q.db.selectFrom("team").selectAll().where("name", "=", name).executeTakeFirst();

export async function existingTeamIds(q: Queryable, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  return (await q.db.selectFrom("team").select("id").where("id", "in", ids).execute()).map((r) => r.id);
}

export const upsertTeam = (tx: Tx, { id, ...rest }: TeamRow) =>
  tx.db
    .insertInto("team")
    .values({ id, ...rest })
    .onConflict((c) => c.column("id").doUpdateSet(rest))
    .execute();

export async function replaceTeamPeople(
  tx: Tx,
  { id, memberIds, leadIds }: Pick<Team, "id" | "memberIds" | "leadIds">,
): Promise<void> {
  for (const [table, userIds] of [
    ["team_member", memberIds],
    ["team_lead", leadIds],
  ] as const) {
    await tx.db.deleteFrom(table).where("team_id", "=", id).execute();
    const rows = userIds.map((user_id) => ({ team_id: id, user_id }));
    if (rows.length > 0) await tx.db.insertInto(table).values(rows).execute();
  }
}

export async function deleteTeam(tx: Tx, id: string): Promise<void> {
  for (const table of ["team_member", "team_lead", "queue_team"] as const)
    await tx.db.deleteFrom(table).where("team_id", "=", id).execute();
  await tx.db.deleteFrom("team").where("id", "=", id).execute();
}
