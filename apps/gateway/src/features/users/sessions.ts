import { AppError, type CommandParsed, type Session } from "@tongdai/shared";
import type { Caller, Ctx } from "../../context.ts";
import { rolesOf } from "../../presenters/people.ts";
import type { Tx } from "../../store/index.ts";
import { agentById, userById } from "../../store/people.ts";
import { routingTurn } from "../../store/routing.ts";
import type { SessionRow } from "../../store/schema.ts";
import { liveSessionsOf, revokeSessionsOf } from "../../store/sessions.ts";
import { audit } from "../audit/index.ts";
import { dismissAgent, recordAct } from "../interactions/index.ts";
import { assertMayGrant } from "./grant.ts";

/** The caller's own, newest first. */
export async function listSessions(ctx: Ctx, caller: Caller): Promise<Session[]> {
  const rows = await liveSessionsOf(ctx.store, caller.userId, ctx.clock.now());
  return rows.map((r) => toSession(r, caller.sessionId));
}

const toSession = (r: SessionRow, currentId: string): Session => ({
  id: r.id,
  createdAt: r.created_at,
  lastSeenAt: r.last_seen_at,
  expiresAt: r.expires_at,
  userAgent: r.user_agent,
  address: r.address,
  current: r.id === currentId,
});

/** Ends one of the caller's own sessions. Throws `not_found` for anybody else's. */
export async function revokeSession(ctx: Ctx, caller: Caller, sessionId: string): Promise<void> {
  const action = sessionId === caller.sessionId ? "session.closed" : "session.revoked";
  await ctx.store.write(async (tx) => {
    await routingTurn(tx);
    const ended = await endSessions(tx, ctx, { userId: caller.userId, only: sessionId });
    if (ended.length === 0) throw new AppError("not_found", "no such session");
    await audit(tx, ctx, { by: caller, action, target: sessionId });
  });
}

export const logOut = (ctx: Ctx, caller: Caller): Promise<void> =>
  revokeSession(ctx, caller, caller.sessionId);

/**
 * Ends the person's sessions, all but one when told; their sockets close once that is durable. Whoever has none left can
 * go on with nothing: their work goes back in the same commit. Call it with the routing turn taken.
 */
export async function endSessions(
  tx: Tx,
  ctx: Ctx,
  o: { userId: string; only?: string; except?: string | null },
): Promise<string[]> {
  const { userId } = o;
  const at = ctx.clock.now();
  const ended = await revokeSessionsOf(tx, { ...o, now: at });
  if (ended.length > 0)
    tx.journal({
      name: "session.ended",
      at,
      actorId: null,
      scopes: [`user:${userId}`],
      data: { sessionIds: ended },
    });
  if ((await liveSessionsOf(tx, userId, at)).length === 0) await dismissAgent(tx, ctx, userId);
  return ended;
}

/** A supervisor ends all sessions of an agent. Throws `not_found` for somebody who takes no part in the work. */
export async function signOutAgent(
  ctx: Ctx,
  caller: Caller,
  { userId, note }: CommandParsed<"agent.sign_out">,
): Promise<void> {
  await ctx.store.write(async (tx) => {
    await routingTurn(tx);
    if (!(await agentById(tx, userId))) throw new AppError("not_found", "takes no part in routing");
    // First, so that it is heard before the socket closes.
    await recordAct(tx, ctx, { caller, act: "signed_out", note, agentId: userId });
    await endSessions(tx, ctx, { userId });
  });
}

/** An administrator ends all sessions of anybody who may not do more than they. Throws `forbidden`, `not_found`. */
export async function signOutUser(ctx: Ctx, caller: Caller, userId: string): Promise<void> {
  await ctx.store.write(async (tx) => {
    await routingTurn(tx);
    const user = await userById(tx, userId);
    if (!user) throw new AppError("not_found", "no such person");
    await assertMayGrant(tx, caller, { was: rolesOf(user), now: [] });
    const except = userId === caller.userId ? caller.sessionId : null;
    const ended = await endSessions(tx, ctx, { userId, except });
    const detail = { sessionsEnded: ended.length };
    await audit(tx, ctx, { by: caller, action: "user.signed_out", target: userId, detail });
  });
}
