import { builtInRoles, Permission, permissionsOf, type Role } from "@tongdai/shared";
import { z } from "zod";
import { fromJson } from "./json.ts";
import { prepared } from "./prepared.ts";
import type { RoleRow } from "./schema-people.ts";
import type { Queryable, Tx } from "./store.ts";

const Names = z.array(z.string());

const kept = prepared((q) => q.db.selectFrom("role").selectAll().orderBy("name"));

/** Every role: the built-in ones, as they were changed, and those of the users' making. */
export async function allRoles(q: Queryable): Promise<Role[]> {
  const rows = (await kept.all(q, {})).map(toRole);
  const changed = new Map(rows.map((role) => [role.id, role]));
  const own = rows.filter((role) => !builtInRoles.some((b) => b.id === role.id));
  return [...builtInRoles.map((role) => changed.get(role.id) ?? role), ...own];
}

/** A permission that there is no more is dropped. */
const toRole = (r: RoleRow): Role => ({
  ...r,
  permissions: fromJson(Names, r.permissions).flatMap((name) => Permission.safeParse(name).data ?? []),
});

/** All that these roles allow together. */
export const allowedTo = async (q: Queryable, roleIds: readonly string[]): Promise<Set<Permission>> =>
  permissionsOf(roleIds, await allRoles(q));

export const upsertRole = (tx: Tx, { id, ...rest }: RoleRow) =>
  tx.db
    .insertInto("role")
    .values({ id, ...rest })
    .onConflict((c) => c.column("id").doUpdateSet(rest))
    .execute();

export const deleteRole = (tx: Tx, id: string) => tx.db.deleteFrom("role").where("id", "=", id).execute();
