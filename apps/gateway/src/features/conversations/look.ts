import { ChannelId, type CommandOutput, type CommandParsed } from "@tongdai/shared";
import type { Caller, Ctx } from "../../context.ts";
import { toConversation, toMessage } from "../../presenters/conversation.ts";
import { listConversations } from "../../store/conversation-list.ts";
import {
  type ConversationView,
  conversationById,
  conversationsByIds,
  updateConversation,
} from "../../store/conversations.ts";
import { seeMentions } from "../../store/mentions.ts";
import { searchMessages } from "../../store/message-search.ts";
import { seeConversation, seeHistory, sightOf } from "../access.ts";
import { isSilent } from "../company/index.ts";
import { placeCursor, readPlace } from "../cursor.ts";
import { getDraft } from "../drafts/index.ts";
import { journalConversation } from "./journal-message.ts";
import { pageAfter, pageAround, pageBefore } from "./message-pages.ts";
import { messagesSeenBy } from "./shown-messages.ts";

const FIRST_PAGE = 50;

export async function list(
  ctx: Ctx,
  caller: Caller,
  input: CommandParsed<"conversation.list">,
): Promise<CommandOutput<"conversation.list">> {
  const { conversations, last } = await listConversations(ctx.store, {
    view: input.view,
    order: input.order,
    ...sightOf(caller),
    unread: input.unread,
    mentioned: input.mentioned,
    channel: input.channel,
    queueId: input.queueId,
    after: readPlace(input.cursor),
    limit: input.limit,
  });
  return { conversations: conversations.map(toConversation), next: last ? placeCursor(last) : null };
}

export async function get(
  ctx: Ctx,
  caller: Caller,
  conversationId: string,
): Promise<CommandOutput<"conversation.get">> {
  const view = await seeHistory(ctx, caller, conversationId);
  const { messages, before } = await pageBefore(ctx, conversationId, { limit: FIRST_PAGE });
  return {
    conversation: toConversation(view),
    messages: await messagesSeenBy(ctx, caller, messages),
    before,
    draft: await getDraft(ctx.store, conversationId, caller.userId),
  };
}

export async function messages(
  ctx: Ctx,
  caller: Caller,
  input: CommandParsed<"conversation.messages">,
): Promise<CommandOutput<"conversation.messages">> {
  const { conversationId, limit } = input;
  await seeHistory(ctx, caller, conversationId);
  const page =
    "around" in input
      ? await pageAround(ctx, conversationId, input)
      : "after" in input
        ? await pageAfter(ctx, conversationId, { after: readPlace(input.after), limit })
        : await pageBefore(ctx, conversationId, { before: readPlace(input.before), limit });
  return { ...page, messages: await messagesSeenBy(ctx, caller, page.messages) };
}

export async function search(
  ctx: Ctx,
  caller: Caller,
  input: CommandParsed<"conversation.search">,
): Promise<CommandOutput<"conversation.search">> {
  const rows = await searchMessages(ctx.store, {
    text: input.query,
    sight: sightOf(caller),
    before: readPlace(input.cursor),
    limit: input.limit,
  });
  const views = await conversationsByIds(ctx.store, [...new Set(rows.map((r) => r.conversation_id))]);
  const byId = new Map(views.map((v) => [v.id, toConversation(v)]));
  const last = rows.length === input.limit ? rows.at(-1) : undefined;
  const found = await messagesSeenBy(ctx, caller, rows.map(toMessage));
  return {
    hits: found.flatMap((message) => {
      const conversation = byId.get(message.conversationId);
      return conversation ? [{ message, conversation }] : [];
    }),
    next: last ? placeCursor(last) : null,
  };
}

/**
 * Somebody looked: the looker's mentions are seen. When it is the owner's to read, or the queue's as long as nobody owns it,
 * nothing is unread any more, and the customer is shown that the owner saw it where the channel can.
 */
export async function markRead(ctx: Ctx, caller: Caller, conversationId: string): Promise<void> {
  const view = await ctx.store.write(async (tx) => {
    const seen = seeConversation(caller, await conversationById(tx, conversationId));
    const at = ctx.clock.now();
    const { userId } = caller;
    if (await seeMentions(tx, { userId, conversationId, at }))
      tx.journal({
        name: "mention.seen",
        at,
        actorId: userId,
        scopes: [`user:${userId}`],
        data: { conversationId },
      });
    if (seen.unread === 0 || !mayClear(caller, seen)) return null;
    await updateConversation(tx, seen.id, { unread: 0 });
    await journalConversation(tx, ctx, seen.id);
    return seen;
  });
  // Only whoever has the work in hand may tell the customer that it was seen.
  if (view && view.owner_id === caller.userId) ctx.act(view, { kind: "seen", to: view.identity_external_id });
}

/** Who only watches must not make an owner's new messages look read. */
const mayClear = (caller: Caller, view: ConversationView): boolean =>
  view.owner_id === null ? caller.queueIds.includes(view.queue_id) : view.owner_id === caller.userId;

export async function setTyping(ctx: Ctx, caller: Caller, input: CommandParsed<"typing.set">): Promise<void> {
  const view = seeConversation(caller, await conversationById(ctx.store, input.conversationId));
  if (await isSilent(ctx.store, { conversationId: view.id, userId: caller.userId })) return;
  ctx.ephemeral.typing([`queue:${view.queue_id}`, "all"], {
    conversationId: view.id,
    userId: caller.userId,
    on: input.on,
  });
  const { capabilities } = ctx.channels.get(ChannelId.parse(view.channel));
  if (capabilities.typing && view.owner_id === caller.userId)
    ctx.act(view, { kind: "typing", to: view.identity_external_id, on: input.on });
}
