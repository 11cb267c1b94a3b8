import { Comment } from "@tongdai/shared";
import { z } from "zod";
import type { InboundEvent } from "../../channels/channel.ts";
import type { ConversationView } from "../../store/conversations.ts";
import { fromJson } from "../../store/json.ts";
import type { MessageRow } from "../../store/schema.ts";

/** What `message.comment` holds: what clients see, and the vendor's id of its author (`null`: us). */
const CommentRow = Comment.omit({ isPrivate: true }).extend({ authorId: z.string().nullable() });
type CommentRow = z.infer<typeof CommentRow>;

/** Of ours, as it begins. */
const plain: CommentRow = { author: null, authorId: null, hidden: false, liked: false, act: null };

export const commentOf = (row: Pick<MessageRow, "comment">): CommentRow | null =>
  row.comment === null ? null : fromJson(CommentRow, row.comment);

/** The columns of what stands beneath a post; none of any other message. */
export const ownComment = (view: ConversationView): Partial<Pick<MessageRow, "comment">> =>
  view.post_id === null ? {} : { comment: JSON.stringify(plain) };

/** The same of a customer's comment. */
export function commentColumns(
  view: ConversationView,
  { from, senderName, comment }: Extract<InboundEvent, { kind: "message" }>,
): Partial<Pick<MessageRow, "comment">> {
  if (!comment) return {};
  const author = from === view.identity_external_id ? null : (senderName ?? "");
  const row: CommentRow = { ...plain, author, authorId: from, hidden: comment.hidden ?? false };
  return { comment: JSON.stringify(row) };
}

/** With other facts about it. Of a message that is no comment: nothing. */
export function withComment(
  was: Pick<MessageRow, "comment">,
  change: Partial<CommentRow>,
): Partial<Pick<MessageRow, "comment">> {
  const comment = commentOf(was);
  return comment ? { comment: JSON.stringify({ ...comment, ...change }) } : {};
}
