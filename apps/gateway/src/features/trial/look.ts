import { type CommandOutput, type CommandParsed, maskText, TRIAL_MS } from "@tongdai/shared";
import type { Ctx } from "../../context.ts";
import { toMessage } from "../../presenters/conversation.ts";
import { newestOfAccount } from "../../store/conversations.ts";
import { messageById } from "../../store/messages.ts";

/** Whoever manages a channel learns who wrote and what became of the answer, not what was written. */
export async function look(
  ctx: Ctx,
  input: CommandParsed<"trial.look">,
): Promise<CommandOutput<"trial.look">> {
  const since = Math.max(input.since, ctx.clock.now() - TRIAL_MS);
  const heard = await newestOfAccount(ctx.store, input.accountId, since);
  return {
    heard: heard
      ? {
          conversationId: heard.id,
          customerName: maskText(heard.customer_name),
          at: heard.last_inbound_at ?? since,
        }
      : null,
    answer: input.messageId === null ? null : await becameOf(ctx, input.accountId, input.messageId),
  };
}

async function becameOf(ctx: Ctx, accountId: string, messageId: string) {
  const row = await messageById(ctx.store, messageId);
  if (row?.account_id !== accountId || row.author_kind !== "system") return null;
  const { state, error } = toMessage(row);
  return { state, error };
}
