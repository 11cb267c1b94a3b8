import { AppError, type Permission } from "@tongdai/shared";
import type { Caller, Ctx } from "../context.ts";
import { type ConversationView, conversationById } from "../store/conversations.ts";
import type { Queryable } from "../store/index.ts";
import { conversationsOfferedTo, openOfferOf } from "../store/interactions.ts";
import type { Sight } from "../store/sight.ts";

interface Permitted {
  readonly permissions: ReadonlySet<Permission>;
}

/** Whether somebody has a permission: the one place where that is looked up. */
export const may = ({ permissions }: Permitted, permission: Permission): boolean =>
  permissions.has(permission);

/** Throws `forbidden` that names what is missing. */
export function assertMay(who: Permitted, permission: Permission, what = "this"): void {
  if (!may(who, permission)) throw new AppError("forbidden", `${what} needs ${permission}`, { permission });
}

/** What decides who sees a conversation; a ticket has the same two columns. */
export interface Placed {
  readonly queue_id: string;
  readonly owner_id: string | null;
}

/** Whether the caller may see a conversation: all of them, those of the caller's queues, those the caller holds. */
export const maySee = (
  caller: Pick<Caller, "userId" | "permissions" | "queueIds">,
  placed: Placed,
): boolean =>
  may(caller, "conversations.see_all") ||
  caller.queueIds.includes(placed.queue_id) ||
  placed.owner_id === caller.userId;

/** As `maySee`; who manages tickets sees every one. */
export const maySeeTicket = (caller: Caller, ticket: Placed): boolean =>
  may(caller, "tickets.manage") || maySee(caller, ticket);

/** `maySee` as the store's lists take it. */
export const sightOf = (caller: Caller): Sight => ({
  userId: caller.userId,
  queueIds: may(caller, "conversations.see_all") ? null : caller.queueIds,
});

/** `maySeeTicket` as the store's lists take it. */
export const ticketSightOf = (caller: Caller): Sight =>
  may(caller, "tickets.manage") ? { userId: caller.userId, queueIds: null } : sightOf(caller);

/** The rooms of a conversation's or a ticket's events: see `maySee`. */
export const roomsOf = (placed: Placed): string[] => [
  `queue:${placed.queue_id}`,
  ...(placed.owner_id === null ? [] : [`user:${placed.owner_id}`]),
  "all",
];

/** The conversation, if there is one and the caller may see it. Throws `not_found` for both: existence is not told. */
export function seeConversation<P extends Placed>(caller: Caller, placed: P | undefined): P {
  if (!placed || !maySee(caller, placed)) throw unseen();
  return placed;
}

const unseen = () => new AppError("not_found", "no such conversation");

/** Whoever is offered the work reads the history before saying yes. */
export async function seeHistory(
  ctx: Ctx,
  caller: Caller,
  conversationId: string,
): Promise<ConversationView> {
  const found = await conversationById(ctx.store, conversationId);
  if (!found || !(await mayRead(ctx.store, caller, found))) throw unseen();
  return found;
}

/** As `maySee`; also who is offered the work, from whatever queue, as long as the offer stands. */
export async function mayRead(q: Queryable, caller: Caller, view: ConversationView): Promise<boolean> {
  if (maySee(caller, view)) return true;
  return view.i_id !== null && (await openOfferOf(q, view.i_id))?.user_id === caller.userId;
}

/** `mayRead` as the store's lists take it. */
export async function readingSightOf(q: Queryable, caller: Caller): Promise<Sight> {
  const sight = sightOf(caller);
  if (sight.queueIds === null) return sight;
  return { ...sight, offered: await conversationsOfferedTo(q, caller.userId) };
}
