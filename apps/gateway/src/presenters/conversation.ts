import {
  Attachment,
  AttachmentKind,
  type Author,
  ChannelId,
  Comment,
  type Conversation,
  Direction,
  FormAnswer,
  type Interaction,
  InteractionState,
  Letter,
  Message,
  MessageState,
  maskText,
  type Post,
  Reaction,
  ReturnTo,
  TemplateUse,
} from "@tongdai/shared";
import { z } from "zod";
import type { ConversationView } from "../store/conversations.ts";
import { fromJson } from "../store/json.ts";
import type { InteractionRow, MessageRow } from "../store/schema.ts";

const FormAnswers = z.array(FormAnswer);
const Attachments = z.array(Attachment);
const Reactions = z.array(Reaction);
const Mentions = z.array(z.string());
const Failure = Message.shape.error.unwrap();
const Event = Message.shape.event.unwrap();
const Kind = Message.shape.kind;

/** Why a message failed, or why nobody knows what became of it; `null`: nothing is known against it. */
export const failureOf = ({ error }: Pick<MessageRow, "error">): Message["error"] =>
  error ? fromJson(Failure, error) : null;

export function toMessage(row: MessageRow): Message {
  const removed = row.state === "removed";
  return {
    id: row.id,
    conversationId: row.conversation_id,
    interactionId: row.interaction_id,
    clientId: row.client_id,
    kind: Kind.parse(row.kind),
    direction: Direction.parse(row.direction),
    author: toAuthor(row),
    text: removed ? "" : row.text,
    attachments: removed || row.attachments === "[]" ? [] : fromJson(Attachments, row.attachments),
    replyTo:
      row.reply_to_id || row.reply_to_external_id
        ? { messageId: row.reply_to_id, excerpt: row.reply_excerpt }
        : null,
    reactions: row.reactions === "[]" ? [] : fromJson(Reactions, row.reactions),
    mentions: row.mentions === "[]" ? [] : fromJson(Mentions, row.mentions),
    state: MessageState.parse(row.state),
    stateAt: row.state_at ?? row.at,
    error: failureOf(row),
    event: row.event ? fromJson(Event, row.event) : null,
    ...(row.letter === null || removed ? {} : { letter: fromJson(Letter, row.letter) }),
    ...(row.template === null ? {} : { template: fromJson(TemplateUse, row.template) }),
    ...(row.comment === null ? {} : { comment: toComment(row) }),
    revision: row.revision,
    at: row.at,
  };
}

const CommentFacts = Comment.omit({ isPrivate: true });

const toComment = (row: MessageRow): Comment => ({
  ...fromJson(CommentFacts, row.comment ?? ""),
  isPrivate: row.private_to !== null,
});

function toAuthor(row: MessageRow): Author {
  if (row.author_kind === "agent" && row.author_id) return { kind: "agent", userId: row.author_id };
  if (row.author_kind === "customer") return { kind: "customer" };
  return row.author_kind === "outside" ? { kind: "outside" } : { kind: "system" };
}

export function toConversation(v: ConversationView): Conversation {
  return {
    id: v.id,
    channel: ChannelId.parse(v.channel),
    accountId: v.account_id,
    queueId: v.queue_id,
    customerId: v.customer_id,
    identityId: v.identity_id,
    // A customer's name may hold a phone number, and everybody who sees the conversation reads this.
    customerName: maskText(v.customer_name),
    avatarMediaId: v.avatar_media_id,
    ...(v.subject === "" ? {} : { subject: v.subject }),
    ...(v.post_id === null ? {} : { post: toPost(v.post_id, v) }),
    unread: v.unread,
    unsent: v.unsent,
    preview: {
      text: v.preview_text,
      direction: Direction.parse(v.preview_direction),
      attachment: v.preview_attachment === null ? null : AttachmentKind.parse(v.preview_attachment),
      authorId: v.preview_author_id,
    },
    lastMessageAt: v.last_message_at,
    lastInboundAt: v.last_inbound_at,
    windowOpenedAt: v.window_opened_at,
    windowRefusedAt: v.window_refused_at,
    humanWindowRefusedAt: v.human_window_refused_at,
    unansweredSince: v.unanswered_since,
    answerUntil: v.answer_until,
    optedOutAt: v.opted_out_at,
    interaction: openInteraction(v),
  };
}

const toPost = (id: string, v: ConversationView): Post => ({
  id,
  text: v.post_text ?? "",
  url: v.post_url,
  pictureMediaId: v.post_picture,
  postedAt: v.post_at,
  removed: v.post_removed_at !== null,
});

function openInteraction(v: ConversationView): Interaction | null {
  if (v.i_id === null || v.i_state === null || v.i_queue_id === null || v.i_version === null) return null;
  return {
    id: v.i_id,
    conversationId: v.id,
    customerId: v.customer_id,
    channel: ChannelId.parse(v.channel),
    queueId: v.i_queue_id,
    state: InteractionState.parse(v.i_state),
    ownerId: v.i_owner_id,
    boost: v.i_boost ?? 0,
    openedAt: v.i_opened_at ?? 0,
    waitingSince: v.i_waiting_since ?? 0,
    promiseMs: v.i_promise_ms,
    acceptedAt: v.i_accepted_at,
    parked: toParked({ parked_until: v.i_parked_until, return_to: v.i_return_to }),
    wrapUpUntil: v.i_wrap_up_until,
    extensions: v.i_extensions ?? 0,
    heldUntil: v.i_held_until,
    closedAt: v.i_closed_at,
    disposition: v.i_disposition,
    version: v.i_version,
  };
}

export const formOf = (r: Pick<InteractionRow, "form">): FormAnswer[] =>
  r.form === null ? [] : fromJson(FormAnswers, r.form);

export const toParked = (r: Pick<InteractionRow, "parked_until" | "return_to">): Interaction["parked"] =>
  r.parked_until === null ? null : { until: r.parked_until, returnTo: ReturnTo.parse(r.return_to) };

export const toInteraction = (r: InteractionRow): Interaction => ({
  id: r.id,
  conversationId: r.conversation_id,
  customerId: r.customer_id,
  channel: ChannelId.parse(r.channel),
  queueId: r.queue_id,
  state: InteractionState.parse(r.state),
  ownerId: r.owner_id,
  boost: r.boost,
  openedAt: r.opened_at,
  waitingSince: r.waiting_since,
  promiseMs: r.promise_ms,
  acceptedAt: r.accepted_at,
  parked: toParked(r),
  wrapUpUntil: r.wrap_up_until,
  extensions: r.extensions,
  heldUntil: r.held_until,
  closedAt: r.closed_at,
  disposition: r.disposition,
  version: r.version,
});
