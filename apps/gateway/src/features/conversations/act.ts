import { AppError, ChannelId, type CommandParsed, type Message, type SendFailure } from "@tongdai/shared";
import type { Caller, Ctx } from "../../context.ts";
import { newId } from "../../ids.ts";
import { failureOf, toMessage } from "../../presenters/conversation.ts";
import { type ConversationView, conversationById } from "../../store/conversations.ts";
import type { Tx } from "../../store/index.ts";
import { insertMentions } from "../../store/mentions.ts";
import { insertMessage, messageById, messagesByClientId } from "../../store/messages.ts";
import { outboxById, removeOutbox } from "../../store/outbox.ts";
import type { MessageRow } from "../../store/schema.ts";
import { seeConversation } from "../access.ts";
import { changeMessage, journalCreated } from "./journal-message.ts";
import { whoMaySee } from "./mentionable.ts";
import { withReaction } from "./message-changes.ts";
import { messageRow } from "./message-row.ts";
import { assertNotOptedOut } from "./opt-out.ts";
import { owe, oweMessage } from "./outbox.ts";
import { assertPrivateAgain } from "./private-answer.ts";
import { readdressed } from "./readdress.ts";
import { assertNotTaken, assertSwitchedOn } from "./take-part.ts";

/** Sets or takes back our reaction to a customer's message. Throws `invalid_input` for an emoji the channel lacks. */
export function reactTo(ctx: Ctx, caller: Caller, input: CommandParsed<"message.react">): Promise<Message> {
  return ctx.store.write(async (tx) => {
    const was = await messageById(tx, input.messageId);
    const view = seeConversation(caller, was && (await conversationById(tx, was.conversation_id)));
    const allowed = ctx.channels.get(ChannelId.parse(view.channel)).capabilities.reactions;
    if (!was || was.external_id === null || (input.emoji !== null && !allowed.includes(input.emoji)))
      throw new AppError("invalid_input", "the channel has no such reaction", { field: "emoji" });
    assertNotTaken(caller, view);
    await assertSwitchedOn(tx, view);
    await owe(tx, ctx, {
      kind: "action",
      accountId: view.account_id,
      lane: `${view.id}:reaction`,
      payload: { to: view.identity_external_id, targetExternalId: was.external_id, emoji: input.emoji },
    });
    const change = withReaction(was, { by: "us", emoji: input.emoji, at: ctx.clock.now() });
    return toMessage(await changeMessage(tx, ctx, { was, change, actorId: caller.userId }));
  });
}

/**
 * A note between agents; those mentioned who may see it are told wherever they are, and whoever is away finds it later. The same
 * `clientId` again gives the same note.
 */
export function addNote(ctx: Ctx, caller: Caller, input: CommandParsed<"note.add">): Promise<Message> {
  return ctx.store.write(async (tx) => {
    const found = await conversationById(tx, input.conversationId);
    const [before] = await messagesByClientId(tx, input.clientId);
    if (before) {
      if (before.author_id !== caller.userId) throw new AppError("conflict", "the client id is taken");
      return toMessage(before);
    }
    const view = seeConversation(caller, found);
    const mentioned = await whoMaySee(tx, view, input.mentions);
    const row = messageRow(view, {
      kind: "note",
      direction: "none",
      author_kind: "agent",
      author_id: caller.userId,
      state: "received",
      text: input.text,
      mentions: JSON.stringify(mentioned),
      client_id: input.clientId,
      at: ctx.clock.now(),
      created_at: ctx.clock.now(),
    });
    if (!(await insertMessage(tx, row))) throw new AppError("conflict", "the client id is taken");
    journalCreated(tx, ctx, { row, view });
    await insertMentions(tx, {
      userIds: mentioned,
      message_id: row.id,
      conversation_id: view.id,
      at: row.at,
    });
    for (const userId of mentioned)
      tx.journal({
        name: "mention.made",
        at: row.at,
        actorId: caller.userId,
        scopes: [`user:${userId}`],
        data: { conversationId: view.id, messageId: row.id, byId: caller.userId },
      });
    return toMessage(row);
  });
}

/** The agent's word on a message that failed, or of which nobody knows whether it arrived. */
export function resolveMessage(
  ctx: Ctx,
  caller: Caller,
  input: CommandParsed<"message.resolve">,
): Promise<Message> {
  return ctx.store.write(async (tx) => {
    const was = await messageById(tx, input.messageId);
    const view = seeConversation(caller, was && (await conversationById(tx, was.conversation_id)));
    if (
      !was ||
      !["failed", "unknown"].includes(was.state) ||
      (was.state === "failed" && input.action === "mark_sent")
    )
      throw new AppError("illegal_transition", "there is nothing to decide about this message");
    assertNotTaken(caller, view);
    const actorId = caller.userId;
    if (input.action === "mark_sent")
      return toMessage(
        await changeMessage(tx, ctx, { was, actorId, change: { state: "sent", error: null } }),
      );
    if (input.action === "discard")
      return toMessage(
        await changeMessage(tx, ctx, { was, actorId, change: { state: "removed", folded: "" } }),
      );
    await assertSwitchedOn(tx, was);
    assertNotOptedOut(view);
    await assertPrivateAgain(tx, ctx, was);
    const change = input.to ? readdressed(ctx, { was, channel: view.channel, to: input.to }) : {};
    return toMessage(await sendAgain(tx, ctx, { was, view, actorId, change }));
  });
}

/** After these the vendor may have it all the same. */
const DOUBTFUL: ReadonlySet<SendFailure> = new Set(["temporary", "no_answer", "throttled"]);

/**
 * It is known not to have arrived: a vendor that drops what it has had once must not take this for the same. What may have
 * arrived goes out as what it was last.
 */
function isCertain(row: MessageRow): boolean {
  const failure = failureOf(row);
  return row.state === "failed" && failure !== null && !DOUBTFUL.has(failure.code);
}

/** Puts what failed or is unclear back among what is owed. */
export async function sendAgain(
  tx: Tx,
  ctx: Ctx,
  {
    was,
    view,
    actorId,
    change,
  }: { was: MessageRow; view: ConversationView; actorId: string; change?: Partial<MessageRow> },
): Promise<MessageRow> {
  if (await outboxById(tx, was.id)) await removeOutbox(tx, was.id);
  await oweMessage(tx, ctx, { row: was, view });
  const sending_id = isCertain(was) ? newId() : was.sending_id;
  return changeMessage(tx, ctx, {
    was,
    actorId,
    change: { ...change, sending_id, state: "queued", error: null },
  });
}
