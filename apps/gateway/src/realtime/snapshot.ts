import type { Snapshot } from "@tongdai/shared";
import type { Caller, Ctx } from "../context.ts";
import { sightOf } from "../features/access.ts";
import { listCannedReplies } from "../features/canned-replies/index.ts";
import { toAccount } from "../features/channel-accounts/index.ts";
import { openOffersFor } from "../features/interactions/index.ts";
import { listTicketFilters } from "../features/tickets/index.ts";
import { toAgentState, toQueue, toUser } from "../presenters/people.ts";
import { allAccounts } from "../store/accounts.ts";
import { unseenMentions } from "../store/mentions.ts";
import { allAgents, allMemberships, allQueues, allUsers, userById } from "../store/people.ts";

/** All that a client needs before it asks for lists. */
export async function takeSnapshot(ctx: Ctx, caller: Caller): Promise<Snapshot> {
  const q = ctx.store;
  const me = await userById(q, caller.userId);
  if (!me) throw new Error("the caller has no user");
  const members = Map.groupBy(await allMemberships(q), (m) => m.queue_id);
  return {
    me: toUser(me),
    permissions: [...caller.permissions],
    users: (await allUsers(q)).map(toUser),
    queues: (await allQueues(q)).map((r) => toQueue(r, members.get(r.id)?.map((m) => m.user_id) ?? [])),
    agents: (await allAgents(q)).map(toAgentState),
    channels: ctx.channels.info(),
    accounts: (await allAccounts(q)).map(toAccount),
    offers: await openOffersFor(q, caller.userId),
    cannedReplies: await listCannedReplies(q),
    ticketFilters: await listTicketFilters(q, caller.userId),
    mentions: await unseenMentions(q, sightOf(caller)),
  };
}
