import { AppError, type Capabilities, ChannelId } from "@tongdai/shared";
import type { Ctx } from "../../context.ts";
import { accountById } from "../../store/accounts.ts";
import { type ConversationView, conversationById, updateConversation } from "../../store/conversations.ts";
import { identityById } from "../../store/customers.ts";
import type { Tx } from "../../store/index.ts";
import { insertMessage, messageByExternalId, privateAnswerTo } from "../../store/messages.ts";
import type { MessageRow } from "../../store/schema.ts";
import { findOrCreateByIdentity, linkCertain } from "../customers/index.ts";
import { commentOf } from "./comment-row.ts";
import { findOrCreateConversation, placeholderName } from "./find-conversation.ts";
import { journalCreated } from "./journal-message.ts";
import { excerpt, messageRow } from "./message-row.ts";
import { previewOf } from "./preview.ts";

/**
 * Whether a comment may be answered in private now.
 * @throws AppError `invalid_input` for what is no customer's comment, `window_closed` after its time, `conflict` when it has been
 */
export async function assertPrivateAnswer(
  tx: Tx,
  ctx: Ctx,
  o: { capabilities: Capabilities; target: MessageRow | null; except?: string },
): Promise<void> {
  const { target } = o;
  const rule = o.capabilities.public?.privateReply;
  if (!rule || !target?.comment || target.direction !== "in" || target.external_id === null)
    throw new AppError("invalid_input", "there is no comment to answer in private", { field: "replyToId" });
  if (target.state === "removed") throw new AppError("not_found", "the comment is gone");
  if (ctx.clock.now() - target.at > rule.within)
    throw new AppError("window_closed", "the comment is too old for a private answer", { state: "closed" });
  const answer = await privateAnswerTo(tx, target.account_id, target.external_id);
  if (answer && answer.id !== o.except)
    throw new AppError("conflict", "the comment has had its private answer", { reason: "already_answered" });
}

/** As `assertPrivateAnswer`, for one that failed and is to leave again. */
export async function assertPrivateAgain(tx: Tx, ctx: Ctx, row: MessageRow): Promise<void> {
  if (row.private_to === null) return;
  const view = await conversationById(tx, row.conversation_id);
  const { capabilities } = ctx.channels.get(ChannelId.parse(view?.channel));
  const target = (await messageByExternalId(tx, row.account_id, row.private_to)) ?? null;
  await assertPrivateAnswer(tx, ctx, { capabilities, target, except: row.id });
}

/**
 * A private answer has reached the author of a comment at an address of theirs: the conversation that they will answer in is
 * there, and it is certain that they are the comment's author. Repeating it changes nothing.
 */
export async function continuePrivately(
  tx: Tx,
  ctx: Ctx,
  { row, recipient }: { row: MessageRow; recipient: string },
): Promise<void> {
  const [account, from] = [
    await accountById(tx, row.account_id),
    await conversationById(tx, row.conversation_id),
  ];
  const target = row.private_to && (await messageByExternalId(tx, row.account_id, row.private_to));
  if (!account || !from || !target) return;
  const comment = commentOf(target);
  const name = comment?.author || from.customer_name;
  const author = await findOrCreateByIdentity(tx, {
    accountId: account.id,
    channel: ChannelId.parse(account.channel),
    externalId: comment?.authorId ?? from.identity_external_id,
    displayName: name || placeholderName(recipient),
    at: ctx.clock.now(),
    queueId: from.queue_id,
  });
  const to = await findOrCreateConversation(tx, ctx, {
    account,
    externalId: recipient,
    at: row.at,
    name,
  });
  const home = (await identityById(tx, author.identityId))?.home_id;
  if (home) await linkCertain(tx, ctx, { homeId: home, otherHomeId: to.home_id, reason: "private_reply" });
  const now = await conversationById(tx, to.id);
  if (!now) return;
  const words = { comment: excerpt(target.text), text: row.text };
  if (await lead(tx, ctx, { row, from: now, to: from, name: "private_reply", data: words }))
    await showAnswer(tx, now, row);
  await lead(tx, ctx, { row, from, to: now, name: "continued_on", data: {} });
}

/** Lists show what was said there last, though it stands beneath the post. */
async function showAnswer(tx: Tx, view: ConversationView, row: MessageRow): Promise<void> {
  if (row.at < view.last_message_at) return;
  await updateConversation(tx, view.id, { ...previewOf(row), last_message_at: row.at });
}

/** A line of its own in one conversation that leads to another. False: it is there already. */
async function lead(
  tx: Tx,
  ctx: Ctx,
  o: {
    row: MessageRow;
    from: ConversationView;
    to: ConversationView;
    name: string;
    data: Readonly<Record<string, string>>;
  },
): Promise<boolean> {
  const event = { name: o.name, data: { ...o.data, conversationId: o.to.id, channel: o.to.channel } };
  const line = messageRow(o.from, {
    kind: "event",
    direction: "none",
    author_kind: o.row.author_id === null ? "system" : "agent",
    author_id: o.row.author_id,
    state: "received",
    event: JSON.stringify(event),
    external_id: `${o.name}:${o.row.id}`,
    at: o.row.at + 1,
    created_at: ctx.clock.now(),
  });
  if (!(await insertMessage(tx, line))) return false;
  journalCreated(tx, ctx, { row: line, view: o.from });
  return true;
}
