import { AppError, permissionsOf } from "@tongdai/shared";
import type { Caller } from "../../context.ts";
import { rolesOf } from "../../presenters/people.ts";
import type { Tx } from "../../store/index.ts";
import { enabledUsers } from "../../store/people.ts";
import { allRoles } from "../../store/roles.ts";
import { may } from "../access.ts";

/** Who changes what others may do. */
export type Granter = Pick<Caller, "userId" | "sessionId" | "permissions">;

/**
 * Who manages roles may give anything. Everybody else gives only what they have, and leaves those alone who may do more
 * than they. Throws `forbidden`.
 */
export async function assertMayGrant(
  tx: Tx,
  by: Granter | null,
  o: { was: readonly string[]; now: readonly string[] },
): Promise<void> {
  if (by === null || may(by, "roles.manage")) return;
  const roles = await allRoles(tx);
  const beyond = (ids: readonly string[]) => [...permissionsOf(ids, roles)].filter((p) => !may(by, p));
  if (beyond(o.was).length > 0)
    throw new AppError("forbidden", "may do more than you", {
      reason: "outranks",
      permissions: beyond(o.was),
    });
  if (beyond(o.now).length > 0)
    throw new AppError("forbidden", "grants more than you have", {
      reason: "grants_more",
      permissions: beyond(o.now),
    });
}

/** Throws `not_found` for a role that is not there. */
export async function assertRoles(tx: Tx, roleIds: readonly string[] = []): Promise<void> {
  const known = new Set((await allRoles(tx)).map((role) => role.id));
  const unknown = roleIds.find((id) => !known.has(id));
  if (unknown !== undefined)
    throw new AppError("not_found", `no such role: ${unknown}`, { field: "roles", named: unknown });
}

/**
 * After a change of people or roles somebody must still be able to administer, and nobody takes that from themselves by the
 * way: another administrator does it. Throws `conflict`. Call it with the routing turn taken.
 */
export async function assertAdministered(tx: Tx, by: Granter): Promise<void> {
  const users = await enabledUsers(tx);
  const roles = await allRoles(tx);
  const administrators = users.filter((u) =>
    may({ permissions: permissionsOf(rolesOf(u), roles) }, "roles.manage"),
  );
  if (administrators.length === 0)
    throw new AppError("conflict", "the last administrator must remain", { reason: "last_admin" });
  if (may(by, "roles.manage") && !administrators.some((u) => u.id === by.userId))
    throw new AppError("conflict", "nobody ends their own administration", { reason: "own_administration" });
}
