import { AppError, type User } from "@tongdai/shared";
import type { Ctx } from "../../context.ts";
import { newId } from "../../ids.ts";
import { toUser } from "../../presenters/people.ts";
import { randomToken, sha256Hex } from "../../secrets.ts";
import { replacePassword, userById, userByUsername } from "../../store/people.ts";
import { insertSession } from "../../store/sessions.ts";
import { audit } from "../audit/index.ts";
import { type Attempt, assertMayTry, countFailure } from "./log-in-guard.ts";
import { hashPassword, passwordFits, withHashPlace } from "./passwords.ts";
import { expiryOf } from "./session-times.ts";

export interface LogInInput {
  readonly username: string;
  readonly password: string;
  /** For who must change theirs. */
  readonly newPassword?: string | undefined;
  readonly address: string;
  readonly userAgent: string;
}

export interface NewSession {
  readonly user: User;
  readonly sessionId: string;
  /** Shown once; the store keeps its hash only. */
  readonly token: string;
}

/**
 * Throws `bad_credentials`, telling neither whether the name exists nor whether it is disabled, or `rate_limited`. Whoever was
 * given a password gets no session by it, but `password_change_required`, until they bring one of their own along.
 */
export async function logIn(ctx: Ctx, input: LogInInput): Promise<NewSession> {
  const username = foldUsername(input.username);
  const attempt: Attempt = { address: input.address, account: username };
  await assertMayTry(ctx, attempt);
  const user = await userByUsername(ctx.store, username);
  const fits = await withHashPlace(async () => {
    // Those who waited for their place may have been overtaken by their own failures.
    await assertMayTry(ctx, attempt);
    const stored = user && user.disabled === 0 ? user.password_hash : null;
    const good = await passwordFits(input.password, stored);
    if (!good) await countFailure(ctx, attempt);
    return good;
  });
  if (!user || !fits) {
    await noteRefusal(ctx, user?.id ?? null, input);
    throw new AppError("bad_credentials", "name or password is wrong");
  }
  const becomes = user.must_change === 1 ? await ownPassword(input) : null;
  return openSession(ctx, { userId: user.id, passwordHash: user.password_hash, becomes, input });
}

async function ownPassword({ password, newPassword }: LogInInput): Promise<string> {
  if (newPassword === undefined)
    throw new AppError("password_change_required", "the password was given by somebody else");
  if (newPassword.normalize("NFC") === password.normalize("NFC"))
    throw new AppError("invalid_input", "the new password is the old one", { field: "newPassword" });
  return hashPassword(newPassword);
}

export const foldUsername = (username: string): string => username.normalize("NFC").trim().toLowerCase();

/** What was typed as an unknown name may be a password: it is not kept. */
async function noteRefusal(ctx: Ctx, userId: string | null, input: LogInInput): Promise<void> {
  await ctx.store.write((tx) =>
    audit(tx, ctx, {
      by: null,
      address: input.address,
      action: "session.refused",
      target: userId ?? "unknown",
    }),
  );
}

function openSession(
  ctx: Ctx,
  o: { userId: string; passwordHash: string; becomes: string | null; input: LogInInput },
): Promise<NewSession> {
  const { address } = o.input;
  const token = randomToken();
  const sessionId = newId();
  return ctx.store.write(async (tx) => {
    const user = await userById(tx, o.userId);
    // Disabled, or given another password, while this one was being checked.
    if (!user || user.disabled === 1 || user.password_hash !== o.passwordHash)
      throw new AppError("bad_credentials", "name or password is wrong");
    if (o.becomes !== null) await replacePassword(tx, user.id, { was: o.passwordHash, becomes: o.becomes });
    const now = ctx.clock.now();
    await insertSession(tx, {
      id: sessionId,
      token_hash: sha256Hex(token),
      user_id: user.id,
      created_at: now,
      last_seen_at: now,
      expires_at: expiryOf(now, now),
      revoked_at: null,
      user_agent: o.input.userAgent.slice(0, 300),
      address,
    });
    const by = { userId: user.id, sessionId };
    if (o.becomes !== null) await audit(tx, ctx, { by, action: "password.changed", target: user.id });
    await audit(tx, ctx, { by, action: "session.opened", target: sessionId });
    return { user: toUser(user), sessionId, token };
  });
}
