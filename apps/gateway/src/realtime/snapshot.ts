import type { PackedSnapshot, Snapshot } from "@tongdai/shared";
import type { Caller, Ctx } from "../context.ts";
import { may, sightOf } from "../features/access.ts";
import { callsInSight } from "../features/calls/index.ts";
import { openOffersFor } from "../features/interactions/index.ts";
import { ownSignature } from "../features/signatures/index.ts";
import { listTicketFilters } from "../features/tickets/index.ts";
import { listWebhooks } from "../features/webhooks/index.ts";
import { toUser } from "../presenters/people.ts";
import { unseenMentions } from "../store/mentions.ts";
import { userById } from "../store/people.ts";
import type { SharedDirectory } from "./directory.ts";

/** All that a client needs before it asks for lists: the reader's own beside what all share. */
export async function takeSnapshot(
  ctx: Ctx,
  caller: Caller,
  { content }: SharedDirectory,
): Promise<Snapshot | PackedSnapshot> {
  const q = ctx.store;
  const me = await userById(q, caller.userId);
  if (!me) throw new Error("the caller has no user");
  return {
    me: toUser(me),
    permissions: [...caller.permissions],
    offers: await openOffersFor(q, caller.userId),
    ticketFilters: await listTicketFilters(q, caller.userId),
    mentions: await unseenMentions(q, sightOf(caller)),
    ownSignature: await ownSignature(q, caller.userId),
    calls: await callsInSight(ctx, caller),
    webhooks: may(caller, "webhooks.manage") ? await listWebhooks(ctx) : [],
    ...content,
  };
}
