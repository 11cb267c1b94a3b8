import { AppError, type CommandOutput, type CommandParsed } from "@tongdai/shared";
import type { Caller, Ctx } from "../../context.ts";
import { accountById } from "../../store/accounts.ts";
import { messagesByClientId } from "../../store/messages.ts";
import { audit } from "../audit/index.ts";
import { conversationAt, replyBySystem } from "../conversations/index.ts";

/** See `trial.send` in the contract. */
export function send(
  ctx: Ctx,
  caller: Caller,
  { accountId, address, clientId, text }: CommandParsed<"trial.send">,
): Promise<CommandOutput<"trial.send">> {
  return ctx.store.write(async (tx) => {
    const account = await accountById(tx, accountId);
    if (!account) throw new AppError("not_found", "no such account");
    const [before] = await messagesByClientId(tx, clientId);
    if (before?.account_id === accountId) return { messageId: before.id };
    if (account.one_way === 0) throw new AppError("invalid_input", "write to this account, then answer");
    if (account.enabled === 0) throw new AppError("channel_paused", "the channel is switched off");
    const view = await conversationAt(tx, ctx, { account, typed: address });
    if (!(await replyBySystem(tx, ctx, { view, text, clientId })))
      throw new AppError("window_closed", "the channel takes no message there");
    await audit(tx, ctx, {
      by: caller,
      action: "trial.sent",
      target: accountId,
      detail: { name: account.name },
    });
    const [sent] = await messagesByClientId(tx, clientId);
    if (!sent) throw new Error("the message of a trial vanished");
    return { messageId: sent.id };
  });
}
