import { AppError, ChannelId } from "@tongdai/shared";
import type { Caller, Ctx } from "../../context.ts";
import { accountById } from "../../store/accounts.ts";
import type { ConversationView } from "../../store/conversations.ts";
import type { Queryable } from "../../store/index.ts";
import type { ChannelAccountRow } from "../../store/schema.ts";
import { maySee } from "../access.ts";

/**
 * The account by which templates go to the customer of a conversation: its own, or another one of the caller's queues that
 * needs only their telephone number. Throws `not_found`, and `invalid_input` for one that does not.
 */
export async function templateAccount(
  q: Queryable,
  ctx: Ctx,
  caller: Caller,
  { view, accountId = view.account_id }: { view: ConversationView; accountId: string | undefined },
): Promise<ChannelAccountRow> {
  const account = await accountById(q, accountId);
  const isOwn = accountId === view.account_id;
  if (!account || (!isOwn && !maySee(caller, { queue_id: account.queue_id, owner_id: null })))
    throw new AppError("not_found", "no such account", { field: "accountId" });
  const { templates } = ctx.channels.get(ChannelId.parse(account.channel)).capabilities;
  if (!isOwn && !templates?.by.includes("phone"))
    throw new AppError("invalid_input", "its templates go to no telephone number", { field: "accountId" });
  return account;
}
