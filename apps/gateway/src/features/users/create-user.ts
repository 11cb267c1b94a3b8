import { AppError, type CommandParsed, defaultLimits, type Limits, type User } from "@tongdai/shared";
import type { Ctx } from "../../context.ts";
import { newId } from "../../ids.ts";
import { toAgentState, toUser } from "../../presenters/people.ts";
import { nextVersion } from "../../store/fresh.ts";
import type { Tx } from "../../store/index.ts";
import { agentById, insertAgentState, insertUser } from "../../store/people.ts";
import { allowedTo } from "../../store/roles.ts";
import { routingTurn } from "../../store/routing.ts";
import type { UserRow } from "../../store/schema.ts";
import { may } from "../access.ts";
import { audit } from "../audit/index.ts";
import { assertSkills } from "../skills/index.ts";
import { assertMayGrant, assertRoles, type Granter } from "./grant.ts";
import { foldUsername } from "./log-in.ts";
import { hashPassword, NO_PASSWORD } from "./passwords.ts";

/** Without a password nobody logs in as them until they are given one. */
type NewUser = Omit<CommandParsed<"user.create">, "password"> & { readonly password?: string };

/** `by: null`: made at the console or on first start; a password that somebody gives is for one log-in only. Throws `conflict` when the name is taken. */
export async function createUser(
  ctx: Pick<Ctx, "store" | "clock">,
  by: Granter | null,
  input: NewUser,
  join?: (tx: Tx, userId: string) => Promise<Record<string, unknown>>,
): Promise<User> {
  const actorId = by?.userId ?? null;
  const password_hash = input.password === undefined ? NO_PASSWORD : await hashPassword(input.password);
  return ctx.store.write(async (tx) => {
    if (join) await routingTurn(tx);
    await assertRoles(tx, input.roles);
    await assertMayGrant(tx, by, { was: [], now: input.roles });
    const row: UserRow = {
      id: newId(),
      username: foldUsername(input.username),
      name: input.name,
      password_hash,
      must_change: by === null || password_hash === NO_PASSWORD ? 0 : 1,
      roles: JSON.stringify([...new Set(input.roles)]),
      skills: JSON.stringify(input.skills ?? {}),
      disabled: 0,
      created_at: ctx.clock.now(),
      version: nextVersion(undefined),
    };
    await assertSkills(tx, input.skills);
    if (!(await insertUser(tx, row)))
      throw new AppError("conflict", "this name is taken", { field: "username" });
    journalUser(tx, ctx, { row, actorId });
    await ensureAgent(tx, ctx, { userId: row.id, roles: input.roles, actorId, limits: input.limits });
    const places = (await join?.(tx, row.id)) ?? {};
    const { username, name, roles, limits, skills } = input;
    await audit(tx, ctx, {
      by,
      action: "user.created",
      target: row.id,
      detail: { username, name, roles, limits, skills, ...places },
    });
    return toUser(row);
  });
}

export function journalUser(
  tx: Tx,
  ctx: Pick<Ctx, "clock">,
  o: { row: UserRow; actorId: string | null },
): void {
  tx.journal({
    name: "user.saved",
    at: ctx.clock.now(),
    actorId: o.actorId,
    scopes: ["org"],
    data: { user: toUser(o.row) },
  });
}

export const limitColumns = (limits: Limits) => ({
  limit_call: limits.call,
  limit_chat: limits.chat,
  limit_mail: limits.mail,
});

/** Who takes part in the work has a state, offline at first. Returns whether they do. */
export async function ensureAgent(
  tx: Tx,
  ctx: Pick<Ctx, "clock">,
  o: {
    userId: string;
    roles: readonly string[];
    actorId: string | null;
    limits?: Limits | undefined;
  },
): Promise<boolean> {
  if (!may({ permissions: await allowedTo(tx, o.roles) }, "work")) return false;
  if (await agentById(tx, o.userId)) return true;
  const at = ctx.clock.now();
  await insertAgentState(tx, {
    user_id: o.userId,
    state: "offline",
    reason: null,
    since: at,
    ...limitColumns(o.limits ?? defaultLimits),
    idle_since: at,
    offered_at: at,
    lost_at: null,
  });
  const agent = await agentById(tx, o.userId);
  if (!agent) throw new Error("a state that was just written is there");
  const data = { agent: toAgentState(agent) };
  tx.journal({ name: "agent.changed", at, actorId: o.actorId, scopes: ["org"], data });
  return true;
}
