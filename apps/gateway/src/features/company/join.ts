import { AppError, type CommandParsed, type Companion } from "@tongdai/shared";
import type { Caller, Ctx } from "../../context.ts";
import { companion, companionOf, companionsOf, putCompanion, removeCompanion } from "../../store/company.ts";
import { type ConversationView, conversationById } from "../../store/conversations.ts";
import type { Queryable, Tx } from "../../store/index.ts";
import type { CompanionRow } from "../../store/schema-records.ts";
import { roomsOf, seeConversation } from "../access.ts";
import { tellCompany } from "./tell.ts";

/**
 * A supervisor joins somebody's talk, or shows themselves, or no longer. Throws `illegal_transition` where nobody has it in
 * hand, `conflict` where it is one's own.
 */
export function join(
  ctx: Ctx,
  caller: Caller,
  { conversationId, visible }: CommandParsed<"conversation.join">,
): Promise<Companion> {
  return ctx.store.write(async (tx) => {
    const view = seeConversation(caller, await conversationById(tx, conversationId));
    if (view.owner_id === null)
      throw new AppError("illegal_transition", "nobody has this conversation in hand");
    if (view.owner_id === caller.userId) throw new AppError("conflict", "it is yours already");
    const was = await companion(tx, { conversationId, userId: caller.userId });
    if (was && (was.visible === 1) === visible) return toCompanion(was);
    const row: CompanionRow = {
      conversation_id: conversationId,
      user_id: caller.userId,
      visible: visible ? 1 : 0,
      joined_at: ctx.clock.now(),
    };
    await putCompanion(tx, row);
    // Who is no longer to be seen is gone for all others.
    if (was?.visible === 1) departed(tx, ctx, { row: was, view, scopes: roomsOf(view) });
    const scopes = scopesOf(row, view);
    const event = { at: row.joined_at, actorId: caller.userId, scopes };
    tx.journal({ ...event, name: "conversation.joined", data: toCompanion(row) });
    await tellCompany(tx, ctx, { caller, act: visible ? "joined" : "listened", view });
    return toCompanion(row);
  });
}

export function leave(ctx: Ctx, caller: Caller, conversationId: string): Promise<void> {
  return ctx.store.write(async (tx) => {
    const view = seeConversation(caller, await conversationById(tx, conversationId));
    const row = await companion(tx, { conversationId, userId: caller.userId });
    if (!row) return;
    await part(tx, ctx, row, view);
    await tellCompany(tx, ctx, { caller, act: "left", view });
  });
}

/** The work is over, or has another owner who is one of them: nobody is with it any more. */
export async function endCompany(tx: Tx, ctx: Ctx, conversationId: string): Promise<void> {
  const rows = await companionsOf(tx, conversationId);
  const view = rows.length > 0 ? await conversationById(tx, conversationId) : undefined;
  if (!view) return;
  for (const row of rows)
    if (view.owner_id === null || view.owner_id === row.user_id) await part(tx, ctx, row, view);
}

/** Somebody is gone: they are with nobody any more. */
export async function leaveAll(tx: Tx, ctx: Ctx, userId: string): Promise<void> {
  for (const row of await companionOf(tx, userId)) {
    const view = await conversationById(tx, row.conversation_id);
    if (view) await part(tx, ctx, row, view);
  }
}

export const keepsCompany = async (tx: Tx, userId: string): Promise<boolean> =>
  (await companionOf(tx, userId)).length > 0;

/** Whether somebody is there without being told of: what they write would show it. */
export async function isSilent(
  q: Queryable,
  o: { conversationId: string; userId: string },
): Promise<boolean> {
  return (await companion(q, o))?.visible === 0;
}

async function part(tx: Tx, ctx: Ctx, row: CompanionRow, view: ConversationView): Promise<void> {
  await removeCompanion(tx, row);
  departed(tx, ctx, { row, view, scopes: scopesOf(row, view) });
}

function departed(
  tx: Tx,
  ctx: Ctx,
  { row, view, scopes }: { row: CompanionRow; view: ConversationView; scopes: string[] },
): void {
  tx.journal({
    name: "conversation.departed",
    at: ctx.clock.now(),
    actorId: row.user_id,
    scopes,
    data: { conversationId: view.id, userId: row.user_id },
  });
}

/** Of who is there silently nobody hears but themselves. */
const scopesOf = (row: CompanionRow, view: ConversationView): string[] =>
  row.visible === 1 ? [...new Set([...roomsOf(view), `user:${row.user_id}`])] : [`user:${row.user_id}`];

export const toCompanion = (r: CompanionRow): Companion => ({
  conversationId: r.conversation_id,
  userId: r.user_id,
  visible: r.visible === 1,
  since: r.joined_at,
});
