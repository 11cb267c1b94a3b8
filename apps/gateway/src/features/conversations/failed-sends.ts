import {
  AppError,
  type CommandOutput,
  type CommandParsed,
  FAILED_SENDS_KEPT_MS,
  FailedSend,
  maskText,
} from "@tongdai/shared";
import type { Ctx } from "../../context.ts";
import { accountById } from "../../store/accounts.ts";
import { failedAmong, failedSendsBefore } from "../../store/failed-sends.ts";
import { fromJson } from "../../store/json.ts";
import { type Actor, audit } from "../audit/index.ts";
import { page, placeCursor, readPlace } from "../cursor.ts";
import { resendFailed } from "./act.ts";

export async function listFailures(
  ctx: Ctx,
  input: CommandParsed<"message.failures">,
): Promise<CommandOutput<"message.failures">> {
  const found = await failedSendsBefore(ctx.store, {
    accountId: input.accountId,
    since: ctx.clock.now() - FAILED_SENDS_KEPT_MS,
    before: readPlace(input.cursor),
    limit: input.limit + 1,
  });
  const { items, next } = page(found, input.limit, placeCursor);
  return { failures: items.map(toFailure), next };
}

type Row = Awaited<ReturnType<typeof failedSendsBefore>>[number];

const toFailure = (r: Row): FailedSend => ({
  messageId: r.id,
  conversationId: r.conversation_id,
  accountId: r.account_id,
  customerName: maskText(r.customer_name),
  authorId: r.author_id,
  state: FailedSend.shape.state.parse(r.state),
  error: r.error === null ? null : fromJson(FailedSend.shape.error.unwrap(), r.error),
  at: r.at,
});

/** Throws `not_found`, and `channel_paused` for an account that is switched off. */
export function resendFailures(
  ctx: Ctx,
  by: Actor,
  { accountId, messageIds }: CommandParsed<"message.resend">,
): Promise<CommandOutput<"message.resend">> {
  return ctx.store.write(async (tx) => {
    const account = await accountById(tx, accountId);
    if (!account) throw new AppError("not_found", "no such account");
    if (account.enabled === 0) throw new AppError("channel_paused", "the channel is switched off");
    const resent: string[] = [];
    for (const { id } of await failedAmong(tx, accountId, messageIds))
      if (await resendFailed(tx, ctx, { messageId: id, actorId: by.userId })) resent.push(id);
    if (resent.length > 0)
      await audit(tx, ctx, {
        by,
        action: "message.resent",
        target: accountId,
        detail: { name: account.name, count: resent.length },
      });
    return { resent };
  });
}
