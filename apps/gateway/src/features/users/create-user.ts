import {
  AppError,
  type CommandParsed,
  defaultLimits,
  type Limits,
  type Role,
  type User,
} from "@tongdai/shared";
import type { Ctx } from "../../context.ts";
import { newId } from "../../ids.ts";
import { toAgentState, toUser } from "../../presenters/people.ts";
import { nextVersion } from "../../store/fresh.ts";
import type { Tx } from "../../store/index.ts";
import { agentById, insertAgentState, insertUser } from "../../store/people.ts";
import type { UserRow } from "../../store/schema.ts";
import { type Actor, audit } from "../audit/index.ts";
import { assertSkills } from "../skills/index.ts";
import { foldUsername } from "./log-in.ts";
import { hashPassword } from "./passwords.ts";

/** `by: null`: made at the console or on first start. Throws `conflict` when the name is taken. */
export async function createUser(
  ctx: Pick<Ctx, "store" | "clock">,
  by: Actor | null,
  input: CommandParsed<"user.create">,
): Promise<User> {
  const actorId = by?.userId ?? null;
  const password_hash = await hashPassword(input.password);
  return ctx.store.write(async (tx) => {
    const row: UserRow = {
      id: newId(),
      username: foldUsername(input.username),
      name: input.name,
      password_hash,
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
    const { username, name, roles, limits, skills } = input;
    await audit(tx, ctx, {
      by,
      action: "user.created",
      target: row.id,
      detail: { username, name, roles, limits, skills },
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

/** Who takes part in the work has a state, offline at first. */
export async function ensureAgent(
  tx: Tx,
  ctx: Pick<Ctx, "clock">,
  o: {
    userId: string;
    roles: readonly Role[];
    actorId: string | null;
    limits?: Limits | undefined;
  },
): Promise<void> {
  if (!o.roles.some((r) => r === "agent" || r === "supervisor")) return;
  if (await agentById(tx, o.userId)) return;
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
  if (!agent) return;
  const data = { agent: toAgentState(agent) };
  tx.journal({ name: "agent.changed", at, actorId: o.actorId, scopes: ["org"], data });
}
