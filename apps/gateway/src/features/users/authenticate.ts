import { AppError } from "@tongdai/shared";
import type { Caller, Ctx } from "../../context.ts";
import { rolesOf } from "../../presenters/people.ts";
import { sha256Hex } from "../../secrets.ts";
import { queueIdsOf, userById } from "../../store/people.ts";
import { allowedTo } from "../../store/roles.ts";
import { liveSessionByToken, sessionById, touchSession } from "../../store/sessions.ts";
import { expiryOf, mustNote } from "./session-times.ts";

/** Whose token this is. Throws `unauthenticated` when it is nobody's, ended or past its time. */
export async function authenticate(ctx: Ctx, token: string): Promise<Caller> {
  const now = ctx.clock.now();
  const session = await liveSessionByToken(ctx.store, sha256Hex(token), now);
  if (!session || session.disabled === 1) throw new AppError("unauthenticated", "log in first");
  if (mustNote(session.last_seen_at, now)) await noteUse(ctx, session.id);
  return callerOf(ctx, { userId: session.user_id, sessionId: session.id, roles: session.roles });
}

/** The caller anew, as the store says now. Throws `unauthenticated` when the session or the person may no longer work. */
export async function loadCaller(ctx: Ctx, userId: string, sessionId: string): Promise<Caller> {
  const now = ctx.clock.now();
  const session = await sessionById(ctx.store, sessionId);
  const user = await userById(ctx.store, userId);
  const live = session?.user_id === userId && session.revoked_at === null && session.expires_at > now;
  if (!user || user.disabled === 1 || !live) throw new AppError("unauthenticated", "log in first");
  if (mustNote(session.last_seen_at, now)) await noteUse(ctx, sessionId);
  return callerOf(ctx, { userId, sessionId, roles: user.roles });
}

async function callerOf(ctx: Ctx, o: { userId: string; sessionId: string; roles: string }): Promise<Caller> {
  const roles = rolesOf(o);
  const queueIds = await queueIdsOf(ctx.store, o.userId);
  const permissions = await allowedTo(ctx.store, roles);
  return { userId: o.userId, sessionId: o.sessionId, roles, permissions, queueIds };
}

/** Use moves the idle end of a session. */
async function noteUse(ctx: Ctx, sessionId: string): Promise<void> {
  await ctx.store.write(async (tx) => {
    const session = await sessionById(tx, sessionId);
    if (!session) return;
    const now = ctx.clock.now();
    await touchSession(tx, {
      id: sessionId,
      last_seen_at: now,
      expires_at: expiryOf(session.created_at, now),
    });
  });
}
