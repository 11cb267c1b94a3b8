import { AppError } from "@tongdai/shared";
import type { Caller, Ctx } from "../context.ts";
import { type ConversationView, conversationById } from "../store/conversations.ts";
import { openOfferOf } from "../store/interactions.ts";
import type { Sight } from "../store/sight.ts";

/** What decides who sees a conversation; a ticket has the same two columns. */
export interface Placed {
  readonly queue_id: string;
  readonly owner_id: string | null;
}

/** Whether the caller may see a conversation: all of them, those of the caller's queues, those the caller holds. */
export const maySee = (caller: Caller, placed: Placed): boolean =>
  caller.permissions.has("conversations.see_all") ||
  caller.queueIds.includes(placed.queue_id) ||
  placed.owner_id === caller.userId;

/** As `maySee`; who manages tickets sees every one. */
export const maySeeTicket = (caller: Caller, ticket: Placed): boolean =>
  caller.permissions.has("tickets.manage") || maySee(caller, ticket);

/** `maySee` as the store's lists take it. */
export const sightOf = (caller: Caller): Sight => ({
  userId: caller.userId,
  queueIds: caller.permissions.has("conversations.see_all") ? null : caller.queueIds,
});

/** The rooms of a conversation's or a ticket's events: see `maySee`. */
export const roomsOf = (placed: Placed): string[] => [
  `queue:${placed.queue_id}`,
  ...(placed.owner_id === null ? [] : [`user:${placed.owner_id}`]),
  "all",
];

/** The conversation, if there is one and the caller may see it. Throws `not_found` for both: existence is not told. */
export function seeConversation<P extends Placed>(caller: Caller, placed: P | undefined): P {
  if (!placed || !maySee(caller, placed)) throw new AppError("not_found", "no such conversation");
  return placed;
}

/** Whoever is offered the work reads the history before saying yes. */
export async function seeHistory(
  ctx: Ctx,
  caller: Caller,
  conversationId: string,
): Promise<ConversationView> {
  const found = await conversationById(ctx.store, conversationId);
  const offered = found?.i_id ? await openOfferOf(ctx.store, found.i_id) : undefined;
  return found && offered?.user_id === caller.userId ? found : seeConversation(caller, found);
}
