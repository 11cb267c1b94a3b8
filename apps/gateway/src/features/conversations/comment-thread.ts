import { ChannelId } from "@tongdai/shared";
import type { InboundComment, InboundEvent } from "../../channels/channel.ts";
import type { Ctx } from "../../context.ts";
import { newId } from "../../ids.ts";
import {
  type ConversationView,
  conversationById,
  conversationOfThread,
  insertConversation,
} from "../../store/conversations.ts";
import type { Tx } from "../../store/index.ts";
import { holdAddress } from "../../store/locks.ts";
import { messageByExternalId } from "../../store/messages.ts";
import { insertPost, postByExternalId } from "../../store/posts.ts";
import type { ChannelAccountRow, PostRow } from "../../store/schema.ts";
import { findOrCreateByIdentity } from "../customers/index.ts";
import { newConversation, oweProfile, placeholderName } from "./find-conversation.ts";
import { owe } from "./outbox.ts";

/*
 * One conversation for each comment that stands beneath a post by itself, with all that is written beneath that comment: it
 * is what everybody sees as one exchange. It is the conversation of whoever began it; others take part by their names.
 */

/** The conversation of a thread, or none: whichever it is stays so until this transaction is over. */
export async function heldThread(
  tx: Tx,
  accountId: string,
  comment: InboundComment,
): Promise<ConversationView | undefined> {
  const known = await threadOf(tx, accountId, comment.thread);
  if (known || !(await holdAddress(tx, accountId, comment.thread))) return known;
  return threadOf(tx, accountId, comment.thread);
}

/** An answer to an answer belongs to the thread of what it answers. */
async function threadOf(tx: Tx, accountId: string, thread: string): Promise<ConversationView | undefined> {
  const known = await conversationOfThread(tx, accountId, thread);
  if (known) return known;
  const answered = await messageByExternalId(tx, accountId, thread);
  return answered && conversationById(tx, answered.conversation_id);
}

/** The thread that a customer's comment belongs to; made, with its post and customer, where it is the first of it. */
export async function findOrCreateThread(
  tx: Tx,
  ctx: Ctx,
  o: {
    account: ChannelAccountRow;
    event: Pick<Extract<InboundEvent, { kind: "message" }>, "from" | "senderName">;
    comment: InboundComment;
    at: number;
  },
): Promise<ConversationView> {
  const { account, event, comment, at } = o;
  const known = await heldThread(tx, account.id, comment);
  if (known) return known;
  const { comments } = ctx.channels.get(ChannelId.parse(account.channel));
  if (!comments) throw new Error(`${account.channel} has no comments`);
  const post = await findOrCreatePost(tx, ctx, account, comment);
  const queueId = account.comment_queue_id ?? account.queue_id;
  const identity = await findOrCreateByIdentity(tx, {
    accountId: account.id,
    channel: ChannelId.parse(account.channel),
    externalId: event.from,
    displayName: event.senderName ?? placeholderName(event.from),
    at,
    queueId,
  });
  await insertConversation(tx, {
    ...newConversation(account, identity, at),
    channel: comments.id,
    queue_id: queueId,
    thread: comment.thread,
    post_id: post.id,
  });
  if (identity.created && event.senderName === undefined)
    await oweProfile(tx, ctx, {
      accountId: account.id,
      identityId: identity.identityId,
      externalId: event.from,
    });
  const made = await conversationOfThread(tx, account.id, comment.thread);
  if (!made) throw new Error("a thread vanished while it was being made");
  return made;
}

/** The post, of which the vendor is asked once. */
async function findOrCreatePost(
  tx: Tx,
  ctx: Ctx,
  account: ChannelAccountRow,
  comment: InboundComment,
): Promise<PostRow> {
  const known = await postByExternalId(tx, account.id, comment.post);
  if (known) return known;
  const row: PostRow = {
    id: newId(),
    account_id: account.id,
    external_id: comment.post,
    text: "",
    url: comment.postUrl,
    picture_media_id: null,
    posted_at: null,
    removed_at: null,
  };
  if (await insertPost(tx, row)) {
    const payload = { postId: row.id, externalId: comment.post };
    await owe(tx, ctx, { kind: "fetch_post", id: row.id, accountId: account.id, lane: null, payload });
    return row;
  }
  const theirs = await postByExternalId(tx, account.id, comment.post);
  if (!theirs) throw new Error("a post that stands in the way cannot be read");
  return theirs;
}
