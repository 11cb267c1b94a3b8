import { AppError, type CommandParsed, type Limits, type User } from "@tongdai/shared";
import type { Ctx } from "../../context.ts";
import { limitsOf, rolesOf, skillsOf, toUser } from "../../presenters/people.ts";
import { assertFresh, nextVersion } from "../../store/fresh.ts";
import type { Tx } from "../../store/index.ts";
import { agentById, updateUser as updateRow, userById } from "../../store/people.ts";
import { routingTurn } from "../../store/routing.ts";
import type { UserRow } from "../../store/schema.ts";
import { audit } from "../audit/index.ts";
import { changeAgent, releaseParked } from "../interactions/index.ts";
import { assertSkills } from "../skills/index.ts";
import { changePlaces } from "./change-places.ts";
import { journalUser, limitColumns } from "./create-user.ts";
import { assertAdministered, assertMayGrant, assertRoles, type Granter } from "./grant.ts";
import { hashPassword } from "./passwords.ts";
import { followWork } from "./save-role.ts";
import { endSessions } from "./sessions.ts";

/**
 * Disabling and another password end the person's sessions and give their work back; so does losing the part in the work,
 * without ending anything. Somebody must be able to administer afterwards: otherwise `conflict`.
 */
export async function updateUser(
  ctx: Ctx,
  actor: Granter,
  input: CommandParsed<"user.update">,
): Promise<User> {
  const password_hash = input.password === undefined ? undefined : await hashPassword(input.password);
  return ctx.store.write(async (tx) => {
    await routingTurn(tx);
    const was = await userById(tx, input.userId);
    if (!was) throw new AppError("not_found", "no such person");
    assertFresh(was, input.version);
    await assertRoles(tx, input.roles);
    await assertMayGrant(tx, actor, { was: rolesOf(was), now: input.roles ?? [] });
    await assertSkills(tx, input.skills);
    const must_change = password_hash === undefined ? was.must_change : Number(was.id !== actor.userId);
    const change = { ...changeOf(input, password_hash), must_change, version: nextVersion(was) };
    const now = { ...was, ...change };
    await updateRow(tx, was.id, change);
    if (was.roles !== now.roles || was.disabled !== now.disabled) await assertAdministered(tx, actor);
    journalUser(tx, ctx, { row: now, actorId: actor.userId });
    await followWork(tx, ctx, { userId: now.id, roles: rolesOf(now), actorId: actor.userId });
    const places = await changePlaces(tx, ctx, { userId: now.id, actorId: actor.userId, to: input });
    const limits = await changeLimits(tx, ctx, { input, actorId: actor.userId });
    await endWhereNeeded(tx, ctx, { was, now, actor });
    await audit(tx, ctx, {
      by: actor,
      action: "user.updated",
      target: was.id,
      detail: { ...differences(was, now), ...limits, ...places },
    });
    return toUser(now);
  });
}

/** Named columns only: writing a whole row back would undo what somebody else changed meanwhile. */
const changeOf = (
  input: CommandParsed<"user.update">,
  password_hash: string | undefined,
): Partial<UserRow> => ({
  ...(input.name === undefined ? {} : { name: input.name }),
  ...(input.roles === undefined ? {} : { roles: JSON.stringify([...new Set(input.roles)]) }),
  ...(input.skills === undefined ? {} : { skills: JSON.stringify(input.skills) }),
  ...(input.disabled === undefined ? {} : { disabled: input.disabled ? 1 : 0 }),
  ...(password_hash === undefined ? {} : { password_hash }),
});

/** @returns what the audit says of it */
async function changeLimits(
  tx: Tx,
  ctx: Ctx,
  { input, actorId }: { input: CommandParsed<"user.update">; actorId: string },
): Promise<{ limits?: [Limits, Limits] }> {
  const { userId, limits } = input;
  if (limits === undefined && input.skills === undefined) return {};
  const agent = await agentById(tx, userId);
  if (!agent)
    throw new AppError("invalid_input", "takes no part in the work", {
      field: limits === undefined ? "skills" : "limits",
    });
  // Other skills may bring waiting work within reach, too.
  tx.afterCommit(ctx.wake.router);
  const was = limitsOf(agent);
  if (limits === undefined || JSON.stringify(limits) === JSON.stringify(was)) return {};
  await changeAgent(tx, ctx, { userId, actorId, change: limitColumns(limits) });
  return { limits: [was, limits] };
}

async function endWhereNeeded(
  tx: Tx,
  ctx: Ctx,
  o: { was: UserRow; now: UserRow; actor: Granter },
): Promise<void> {
  const { was, now, actor } = o;
  if (was.disabled === now.disabled && was.password_hash === now.password_hash) return;
  // One's own new password ends the others only.
  const except = now.disabled === 0 && was.id === actor.userId ? actor.sessionId : null;
  await endSessions(tx, ctx, { userId: was.id, except });
  if (now.disabled === 1) await releaseParked(tx, ctx, now.id);
}

function differences(was: UserRow, now: UserRow): Record<string, unknown> {
  const detail: Record<string, unknown> = {};
  if (was.name !== now.name) detail["name"] = [was.name, now.name];
  if (was.roles !== now.roles) detail["roles"] = [rolesOf(was), rolesOf(now)];
  if (was.skills !== now.skills) detail["skills"] = [skillsOf(was.skills), skillsOf(now.skills)];
  if (was.disabled !== now.disabled) detail["disabled"] = [was.disabled === 1, now.disabled === 1];
  if (was.password_hash !== now.password_hash) detail["password"] = "set";
  return detail;
}
