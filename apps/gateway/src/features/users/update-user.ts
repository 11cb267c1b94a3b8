import { AppError, type CommandParsed, type Limits, permissionsOf, type User } from "@tongdai/shared";
import type { Ctx } from "../../context.ts";
import { limitsOf, rolesOf, skillsOf, toUser } from "../../presenters/people.ts";
import { assertFresh, nextVersion } from "../../store/fresh.ts";
import type { Tx } from "../../store/index.ts";
import { agentById, enabledAdminIds, updateUser as updateRow, userById } from "../../store/people.ts";
import { routingTurn } from "../../store/routing.ts";
import type { UserRow } from "../../store/schema.ts";
import { audit } from "../audit/index.ts";
import { changeAgent, releaseParked } from "../interactions/index.ts";
import { assertSkills } from "../skills/index.ts";
import { ensureAgent, journalUser, limitColumns } from "./create-user.ts";
import { hashPassword } from "./passwords.ts";
import { endSessions } from "./sessions.ts";

export interface Administrator {
  readonly userId: string;
  /** Stays open when one sets one's own password. */
  readonly sessionId: string;
}

/**
 * Disabling, other roles and another password end the person's sessions, and give their work back. Somebody must be able to administer afterwards:
 * otherwise `conflict`.
 */
export async function updateUser(
  ctx: Ctx,
  actor: Administrator,
  input: CommandParsed<"user.update">,
): Promise<User> {
  const password_hash = input.password === undefined ? undefined : await hashPassword(input.password);
  return ctx.store.write(async (tx) => {
    await routingTurn(tx);
    const admins = await enabledAdminIds(tx);
    const was = await userById(tx, input.userId);
    if (!was) throw new AppError("not_found", "no such person");
    assertFresh(was, input.version);
    await assertSkills(tx, input.skills);
    const change = { ...changeOf(input, password_hash), version: nextVersion(was) };
    const now = { ...was, ...change };
    assertAdminRemains(admins, now);
    await updateRow(tx, was.id, change);
    journalUser(tx, ctx, { row: now, actorId: actor.userId });
    await ensureAgent(tx, ctx, { userId: now.id, roles: rolesOf(now), actorId: actor.userId });
    const limits = await changeLimits(tx, ctx, { input, actorId: actor.userId });
    await endWhereNeeded(tx, ctx, { was, now, actor });
    await audit(tx, ctx, {
      by: actor,
      action: "user.updated",
      target: was.id,
      detail: { ...differences(was, now), ...limits },
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

function assertAdminRemains(admins: readonly string[], now: UserRow): void {
  const administers = now.disabled === 0 && permissionsOf(rolesOf(now)).has("people.manage");
  if (administers || !admins.includes(now.id) || admins.length > 1) return;
  throw new AppError("conflict", "the last administrator must remain", { reason: "last_admin" });
}

async function endWhereNeeded(
  tx: Tx,
  ctx: Ctx,
  o: { was: UserRow; now: UserRow; actor: Administrator },
): Promise<void> {
  const { was, now, actor } = o;
  const same = was.roles === now.roles && was.disabled === now.disabled;
  if (same && was.password_hash === now.password_hash) return;
  // One's own new password ends the others only; a socket with outdated rights must never stay.
  const except = same && was.id === actor.userId ? actor.sessionId : null;
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
