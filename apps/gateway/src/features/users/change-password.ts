import { AppError, type CommandParsed } from "@tongdai/shared";
import type { Caller, Ctx } from "../../context.ts";
import { replacePassword, userById } from "../../store/people.ts";
import { routingTurn } from "../../store/routing.ts";
import { audit } from "../audit/index.ts";
import { assertMayTry, countFailure } from "./log-in-guard.ts";
import { hashPassword, passwordFits, withHashPlace } from "./passwords.ts";
import { endSessions } from "./sessions.ts";

/** One's own. The other sessions end: whoever learnt the old password is out. Throws `bad_credentials`. */
export async function changePassword(
  ctx: Ctx,
  caller: Caller,
  input: CommandParsed<"password.change">,
): Promise<void> {
  const user = await userById(ctx.store, caller.userId);
  if (!user) throw new AppError("unauthenticated", "log in first");
  // A found open session must not be a way to guess the password at leisure.
  const attempt = { address: `session ${caller.sessionId}`, account: user.username };
  await assertMayTry(ctx, attempt);
  const was = user.password_hash;
  const fits = await withHashPlace(() => passwordFits(input.current, was));
  if (!fits) {
    await countFailure(ctx, attempt);
    throw new AppError("bad_credentials", "the current password is wrong");
  }
  const becomes = await hashPassword(input.next);
  await ctx.store.write(async (tx) => {
    await routingTurn(tx);
    if (!(await replacePassword(tx, user.id, { was, becomes })))
      throw new AppError("conflict", "the password was changed meanwhile");
    const ended = await endSessions(tx, ctx, { userId: user.id, except: caller.sessionId });
    await audit(tx, ctx, {
      by: caller,
      action: "password.changed",
      target: user.id,
      detail: { sessionsEnded: ended.length },
    });
  });
}
