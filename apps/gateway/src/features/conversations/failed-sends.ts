import {
  AppError,
  type CommandOutput,
  type CommandParsed,
  FAILED_SENDS_KEPT_MS,
  FailedSend,
  maskText,
  type SendFailure,
} from "@tongdai/shared";
import type { Ctx } from "../../context.ts";
import { failureOf } from "../../presenters/conversation.ts";
import { accountById } from "../../store/accounts.ts";
import { conversationById } from "../../store/conversations.ts";
import { failedSendsBefore, notArrivedAmong } from "../../store/failed-sends.ts";
import type { Tx } from "../../store/index.ts";
import { messageById } from "../../store/messages.ts";
import { type Actor, audit } from "../audit/index.ts";
import { page, placeCursor, readPlace } from "../cursor.ts";
import { sendAgain } from "./act.ts";
import { changeMessage } from "./journal-message.ts";
import { resendObstacle } from "./resend-obstacle.ts";

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

/** What the vendor says may name the customer's address. */
function errorOf(row: Row): FailedSend["error"] {
  const failure = failureOf(row);
  return failure && { code: failure.code, detail: maskText(failure.detail) };
}

const toFailure = (r: Row): FailedSend => ({
  messageId: r.id,
  conversationId: r.conversation_id,
  accountId: r.account_id,
  customerName: maskText(r.customer_name),
  authorId: r.author_id,
  state: FailedSend.shape.state.parse(r.state),
  error: errorOf(r),
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
    const hopeless: { messageId: string; code: SendFailure }[] = [];
    for (const { id } of await notArrivedAmong(tx, accountId, messageIds)) {
      const code = await resendOne(tx, ctx, { messageId: id, actorId: by.userId });
      if (code === null) resent.push(id);
      else hopeless.push({ messageId: id, code });
    }
    if (resent.length > 0)
      await audit(tx, ctx, {
        by,
        action: "message.resent",
        target: accountId,
        detail: { name: account.name, count: resent.length },
      });
    return { resent, hopeless };
  });
}

/** @returns why it would only fail again, which then stands at it; `null`: it leaves again */
async function resendOne(
  tx: Tx,
  ctx: Ctx,
  { messageId, actorId }: { messageId: string; actorId: string },
): Promise<SendFailure | null> {
  const was = await messageById(tx, messageId);
  const view = was && (await conversationById(tx, was.conversation_id));
  if (!view || was.state === "removed") return "gone";
  const code = await resendObstacle(tx, ctx, { row: was, view });
  if (code === null) await sendAgain(tx, ctx, { was, view, actorId });
  else {
    const error = JSON.stringify({ code, detail: "it was to be sent again" });
    await changeMessage(tx, ctx, { was, actorId, change: { error } });
  }
  return code;
}
