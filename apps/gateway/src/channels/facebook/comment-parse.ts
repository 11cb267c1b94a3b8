import { z } from "zod";
import type { InboundAttachment, InboundComment, InboundEvent, ParsedItem } from "../channel.ts";
import { keyOf, millis, Text, Unreadable, VendorId, webUrl } from "../kit/values.ts";
import { unknownAuthor } from "./comment-author.ts";

const Name = Text.nullish().catch(null);

/** Strict in what decides where it belongs, lenient in what only adds to it. */
const Feed = z.looseObject({
  item: z.string(),
  verb: z.string(),
  comment_id: VendorId.nullish(),
  post_id: VendorId.nullish(),
  parent_id: VendorId.nullish(),
  from: z.object({ id: VendorId, name: Name }).nullish().catch(null),
  // Before Graph 2.11 the author stood here.
  sender_id: VendorId.nullish().catch(null),
  sender_name: Name,
  message: Text.nullish(),
  is_hidden: z.boolean().nullish().catch(null),
  post: z.looseObject({}).nullish().catch(null),
});
type Feed = z.infer<typeof Feed>;

interface Change {
  readonly feed: Feed;
  readonly page: string;
  /** When Meta told it; the comment's own time is that of its writing, whatever happened to it. */
  readonly toldAt: number | null;
}

type Read = Pick<ParsedItem, "key" | "at" | "event">;

/**
 * A change of the page's feed: a comment, what was done to it, or a post that changed. Source: Meta, "Webhooks for Pages",
 * whose text was not to be had; field names by fixtures of several public repositories.
 * @returns `null` for what is of no concern here
 * @throws ZodError or `Unreadable` for what cannot be read
 */
export function readFeed(value: unknown, o: { page: string; toldAt: number | null }): Read | null {
  const change = { feed: Feed.parse(value), ...o };
  const { item, comment_id: commentId } = change.feed;
  if (item === "comment") return readComment(change);
  if (commentId && (item === "reaction" || item === "like")) return readLike(change, commentId);
  return commentId ? null : readPost(change);
}

function readComment(change: Change): Read | null {
  const { feed, toldAt, page } = change;
  const externalId = feed.comment_id;
  if (!externalId) throw new Unreadable("no comment id");
  const comment = placeOf(change, externalId);
  const author = authorOf(feed, externalId);
  const writtenAt = millis(feed["created_time"]) ?? toldAt;
  const read = (event: InboundEvent, at = toldAt): Read => ({
    key: keyOf(externalId, feed.verb, at),
    at,
    event,
  });
  switch (feed.verb) {
    case "add":
      return read(author.from === page ? echo(change, comment) : message(change, comment, author), writtenAt);
    case "edited":
    case "edit":
      return read(
        {
          kind: "edited",
          ...author,
          externalId,
          text: feed.message ?? "",
          // Nothing else tells two edits apart.
          revision: toldAt ?? 1,
          comment,
        },
        writtenAt,
      );
    case "remove":
    case "delete":
      return read({ kind: "removed", from: author.from, externalId, comment });
    case "hide":
    case "unhide":
      return read({
        kind: "marked",
        from: author.from,
        externalId,
        mark: "hidden",
        on: feed.verb === "hide",
        comment,
      });
    default:
      return null;
  }
}

interface Author {
  readonly from: string;
  readonly senderName?: string;
}

/** Without the permission to know, Meta leaves the author out. */
function authorOf(feed: Feed, commentId: string): Author {
  const id = feed.from?.id ?? feed.sender_id;
  const name = (feed.from?.name ?? feed.sender_name ?? "").trim();
  if (!id) return { from: unknownAuthor(commentId) };
  return { from: id, ...(name !== "" && { senderName: name }) };
}

/** A comment's id begins with its post's, a post's with its page's: by that an answer is told from what stands by itself. */
function placeOf({ feed, page }: Change, commentId: string): InboundComment {
  const { parent_id: parent, post_id: post } = feed;
  const isAnswer = parent && parent !== post && !parent.startsWith(`${page}_`);
  return {
    post: post ?? `${page}_${commentId.split("_")[0]}`,
    thread: isAnswer ? parent : commentId,
    postUrl: webUrl(feed.post?.["permalink_url"]),
    ...(feed.is_hidden && { hidden: true }),
  };
}

function message(
  { feed }: Change,
  comment: InboundComment,
  author: Author,
): Extract<InboundEvent, { kind: "message" }> {
  const externalId = feed.comment_id ?? "";
  return {
    kind: "message",
    ...author,
    externalId,
    text: feed.message ?? "",
    attachments: attachmentsOf(feed),
    replyToExternalId: comment.thread === externalId ? null : comment.thread,
    extra: {},
    live: true,
    comment,
  };
}

/** Ours, or written elsewhere in the page's name: Graph takes no id of ours along with a comment. */
const echo = ({ feed }: Change, comment: InboundComment): Extract<InboundEvent, { kind: "echo" }> => ({
  kind: "echo",
  to: comment.thread,
  externalId: feed.comment_id ?? "",
  ours: null,
  byContent: true,
  text: feed.message ?? "",
  attachments: feed.message ? filesOf(feed) : attachmentsOf(feed),
  comment,
});

const filesOf = (feed: Feed): InboundAttachment[] =>
  (["photo", "video"] as const).flatMap((field) => {
    const fetchUrl = webUrl(feed[field]);
    const kind = field === "photo" ? "image" : "video";
    return fetchUrl === null ? [] : [{ kind, fetchUrl, name: kind, title: null, url: null }];
  });

/** A sticker may come as nothing at all: something was said all the same. */
function attachmentsOf(feed: Feed): InboundAttachment[] {
  const files = filesOf(feed);
  if (files.length > 0 || feed.message?.trim()) return files;
  return [{ kind: "unsupported", fetchUrl: null, name: "comment", title: null, url: null }];
}

/** Only the page's own like is shown. */
function readLike(change: Change, externalId: string): Read | null {
  const { feed, page, toldAt } = change;
  const type = feed["reaction_type"] ?? "like";
  if (authorOf(feed, externalId).from !== page || type !== "like") return null;
  if (feed.verb !== "add" && feed.verb !== "remove") return null;
  const on = feed.verb === "add";
  const comment = placeOf(change, externalId);
  return {
    key: keyOf(externalId, "liked", on ? 1 : 0, toldAt),
    at: toldAt,
    event: { kind: "marked", from: page, externalId, mark: "liked", on, comment },
  };
}

function readPost({ feed, toldAt }: Change): Read | null {
  const { post_id: externalId, verb } = feed;
  if (!externalId) return null;
  const text = verb === "remove" || verb === "delete" ? null : feed.message;
  if (text === undefined || (text !== null && verb !== "edited" && verb !== "edit")) return null;
  return {
    key: keyOf(externalId, verb, toldAt),
    at: toldAt,
    event: { kind: "post", externalId, text: text ?? null },
  };
}
