import type { Ctx } from "../../context.ts";
import { toConversation, toMessage } from "../../presenters/conversation.ts";
import { type ConversationView, conversationById } from "../../store/conversations.ts";
import type { Tx } from "../../store/index.ts";
import { updateMessage } from "../../store/messages.ts";
import type { MessageRow } from "../../store/schema.ts";
import { roomsOf } from "../access.ts";
import { followChange } from "./unsent.ts";

/** Tells of a new message, with the conversation as it now is. */
export function journalCreated(
  tx: Tx,
  ctx: Ctx,
  o: { row: MessageRow; view: ConversationView; extraScopes?: readonly string[] },
): void {
  const { row, view } = o;
  tx.journal({
    name: "message.created",
    at: ctx.clock.now(),
    actorId: row.author_id,
    scopes: [...roomsOf(view), ...(o.extraScopes ?? [])],
    data: { message: toMessage(row), conversation: toConversation(view) },
    // Its interaction stands in the message; an index entry for it would cost every message a page.
    refs: { customerId: view.home_id, conversationId: view.id },
  });
}

/** Of no concern to readers. */
const UNTOLD: ReadonlySet<keyof MessageRow> = new Set(["vendor_at"]);

/** Changes a message and tells of it whole. Does nothing when nothing would change. */
export async function changeMessage(
  tx: Tx,
  ctx: Ctx,
  o: {
    was: MessageRow;
    change: Partial<MessageRow>;
    actorId?: string;
    /** When it came to its new state, where that is known better than by now. */
    stateAt?: number;
  },
): Promise<MessageRow> {
  const { was } = o;
  const moves = o.change.state !== undefined && o.change.state !== was.state;
  const change = moves ? { ...o.change, state_at: o.stateAt ?? ctx.clock.now() } : o.change;
  const now = { ...was, ...change };
  const changed = (Object.keys(change) as (keyof MessageRow)[]).filter((k) => was[k] !== now[k]);
  if (changed.length === 0) return was;
  await updateMessage(tx, was.id, change);
  if (changed.every((k) => UNTOLD.has(k))) return now;
  const view = await conversationById(tx, was.conversation_id);
  if (!view) throw new Error(`message ${was.id} has no conversation`);
  tx.journal({
    name: "message.updated",
    at: ctx.clock.now(),
    actorId: o.actorId ?? null,
    scopes: roomsOf(view),
    data: { message: toMessage(now) },
    refs: { conversationId: view.id },
  });
  const followed = await followChange(tx, ctx, { was, now, view });
  if (followed) journalView(tx, ctx, followed);
  return now;
}

export async function journalConversation(tx: Tx, ctx: Ctx, id: string): Promise<void> {
  const view = await conversationById(tx, id);
  if (view) journalView(tx, ctx, view);
}

function journalView(tx: Tx, ctx: Ctx, view: ConversationView): void {
  tx.journal({
    name: "conversation.updated",
    at: ctx.clock.now(),
    actorId: null,
    scopes: roomsOf(view),
    data: { conversation: toConversation(view) },
    refs: { conversationId: view.id },
  });
}
