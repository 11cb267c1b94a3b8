import { AppError, type CommandOutput } from "@tongdai/shared";
import type { Ctx } from "../../context.ts";
import { toMessage } from "../../presenters/conversation.ts";
import { messageById, messagesAfter, messagesBefore } from "../../store/messages.ts";
import type { Place } from "../../store/place.ts";
import type { MessageRow } from "../../store/schema.ts";
import { placeCursor } from "../cursor.ts";

type Page = CommandOutput<"conversation.messages">;

/** The newest messages, or those before a place. */
export async function pageBefore(
  ctx: Ctx,
  conversationId: string,
  { before, limit }: { before?: Place; limit: number },
): Promise<Page> {
  const rows = await messagesBefore(ctx.store, conversationId, { before, limit });
  const after = before ? (rows[0] ?? before) : null;
  return pageOf(rows.reverse(), { before: endOf(rows[0], rows.length === limit), after });
}

export async function pageAfter(
  ctx: Ctx,
  conversationId: string,
  { after, limit }: { after: Place; limit: number },
): Promise<Page> {
  const rows = await messagesAfter(ctx.store, conversationId, { after, limit });
  return pageOf(rows, { before: rows[0] ?? after, after: endOf(rows.at(-1), rows.length === limit) });
}

/** One message in the middle of a page. Throws `not_found` when it is not in this conversation. */
export async function pageAround(
  ctx: Ctx,
  conversationId: string,
  { around, limit }: { around: string; limit: number },
): Promise<Page> {
  const middle = await messageById(ctx.store, around);
  if (middle?.conversation_id !== conversationId) throw new AppError("not_found", "no such message");
  const half = Math.ceil(limit / 2);
  const older = await messagesBefore(ctx.store, conversationId, { before: middle, limit: half });
  const newer = await messagesAfter(ctx.store, conversationId, { after: middle, limit: half });
  return pageOf([...older.reverse(), middle, ...newer], {
    before: endOf(older[0], older.length === half),
    after: endOf(newer.at(-1), newer.length === half),
  });
}

const endOf = (row: MessageRow | undefined, isFull: boolean): Place | null => (row && isFull ? row : null);

const pageOf = (
  rows: readonly MessageRow[],
  { before, after }: { before: Place | null; after: Place | null },
): Page => ({
  messages: rows.map(toMessage),
  before: before && placeCursor(before),
  after: after && placeCursor(after),
});
