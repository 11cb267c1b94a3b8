import { AppError, BuiltInRole, type CommandParsed, changesBetween, type Role } from "@tongdai/shared";
import type { Caller, Ctx } from "../../context.ts";
import { newId } from "../../ids.ts";
import { rolesOf } from "../../presenters/people.ts";
import { assertFresh, nextVersion } from "../../store/fresh.ts";
import type { Tx } from "../../store/index.ts";
import { enabledUsers, somebodyHasRole } from "../../store/people.ts";
import { allowedTo, allRoles, deleteRole, upsertRole } from "../../store/roles.ts";
import { routingTurn } from "../../store/routing.ts";
import { may } from "../access.ts";
import { audit } from "../audit/index.ts";
import { leaveAll } from "../company/index.ts";
import { dismissAgent } from "../interactions/index.ts";
import { ensureAgent } from "./create-user.ts";
import { assertAdministered } from "./grant.ts";

type Input = CommandParsed<"role.save">;

/**
 * Makes a role or changes what one allows, at once for whoever has it. Throws `conflict` where nobody could administer any
 * more, or the administrator would lose that right; the administrator's own role stays as it is.
 */
export function saveRole(ctx: Ctx, by: Caller, input: Input): Promise<Role> {
  return ctx.store.write(async (tx) => {
    await routingTurn(tx);
    const before = await allRoles(tx);
    const was = before.find((role) => role.id === input.id);
    if (input.id !== null && !was) throw new AppError("not_found", "no such role");
    if (input.id === "admin") throw new AppError("forbidden", "stays as it is", { reason: "fixed" });
    assertFresh(was, input.version);
    const isBuiltIn = BuiltInRole.safeParse(input.id).success;
    if (before.some((role) => role.id !== input.id && role.name === input.name))
      throw new AppError("conflict", "a role of this name is there", { field: "name" });
    const role: Role = {
      id: input.id ?? newId(),
      name: isBuiltIn ? "" : input.name,
      permissions: [...new Set(input.permissions)],
      version: nextVersion(was),
    };
    await upsertRole(tx, { ...role, permissions: JSON.stringify(role.permissions) });
    await assertAdministered(tx, by);
    const event = { at: ctx.clock.now(), actorId: by.userId, scopes: ["org"] };
    tx.journal({ ...event, name: "role.saved", data: { role } });
    await moveHolders(tx, ctx, { was, role, actorId: by.userId });
    const name = isBuiltIn ? role.id : role.name;
    const detail = { name, created: !was, changes: changesBetween(was, role) };
    await audit(tx, ctx, { by, action: "role.saved", target: role.id, detail });
    return role;
  });
}

/** What somebody has in hand or is beside depends on these. */
const HOLDING = ["work", "floor.act"] as const;

/** Who takes part in the work from now on has a state; who may no longer gives back their work, and leaves that of others. */
async function moveHolders(
  tx: Tx,
  ctx: Ctx,
  o: { was: Role | undefined; role: Role; actorId: string },
): Promise<void> {
  if (HOLDING.every((p) => o.was?.permissions.includes(p) === o.role.permissions.includes(p))) return;
  for (const user of await enabledUsers(tx)) {
    const roles = rolesOf(user);
    if (roles.includes(o.role.id)) await followWork(tx, ctx, { userId: user.id, roles, actorId: o.actorId });
  }
}

/** As somebody's roles now say. */
export async function followWork(
  tx: Tx,
  ctx: Ctx,
  o: { userId: string; roles: readonly string[]; actorId: string | null },
): Promise<void> {
  const works = await ensureAgent(tx, ctx, o);
  if (!works) await dismissAgent(tx, ctx, o.userId);
  if (!may({ permissions: await allowedTo(tx, o.roles) }, "floor.act")) await leaveAll(tx, ctx, o.userId);
}

/** Removing what is gone already is no error. Throws `conflict` while somebody has it, also somebody who is disabled. */
export const removeRole = (ctx: Ctx, by: Caller, id: string): Promise<void> =>
  ctx.store.write(async (tx) => {
    await routingTurn(tx);
    const was = (await allRoles(tx)).find((role) => role.id === id);
    if (!was) return;
    if (await somebodyHasRole(tx, id))
      throw new AppError("conflict", "somebody has this role", { reason: "in_use" });
    await deleteRole(tx, id);
    const event = { at: ctx.clock.now(), actorId: by.userId, scopes: ["org"] };
    tx.journal({ ...event, name: "role.removed", data: { id } });
    await audit(tx, ctx, { by, action: "role.removed", target: id, detail: { name: was.name } });
  });
