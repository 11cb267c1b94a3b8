import { AppError, type CommandOutput, type CommandParsed, TRIAL_MS } from "@tongdai/shared";
import type { Caller, Ctx } from "../../context.ts";
import { accountById } from "../../store/accounts.ts";
import { conversationById } from "../../store/conversations.ts";
import { messagesByClientId } from "../../store/messages.ts";
import { audit } from "../audit/index.ts";
import { assertNotOptedOut, replyBySystem } from "../conversations/index.ts";

/** See `trial.answer` in the contract. */
export function answer(
  ctx: Ctx,
  caller: Caller,
  input: CommandParsed<"trial.answer">,
): Promise<CommandOutput<"trial.answer">> {
  const { accountId, conversationId, clientId, text } = input;
  return ctx.store.write(async (tx) => {
    const view = await conversationById(tx, conversationId);
    const account = await accountById(tx, accountId);
    if (!account || view?.account_id !== accountId) throw new AppError("not_found", "nobody wrote there");
    const [before] = await messagesByClientId(tx, clientId);
    if (before?.conversation_id === conversationId) return { messageId: before.id };
    if (account.enabled === 0) throw new AppError("channel_paused", "the channel is switched off");
    if ((view.last_inbound_at ?? 0) < ctx.clock.now() - TRIAL_MS)
      throw new AppError("expired", "it was not written to within the last ten minutes");
    assertNotOptedOut(view);
    if (!(await replyBySystem(tx, ctx, { view, text, clientId })))
      throw new AppError("window_closed", "the channel takes no answer there");
    await audit(tx, ctx, {
      by: caller,
      action: "trial.answered",
      target: accountId,
      detail: { name: account.name },
    });
    const [sent] = await messagesByClientId(tx, clientId);
    if (!sent) throw new Error("the answer of a trial vanished");
    return { messageId: sent.id };
  });
}
