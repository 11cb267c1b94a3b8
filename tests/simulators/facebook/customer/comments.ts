import type { JsonObject } from "../../kit/json.ts";
import type { Sim } from "../core/context.ts";
import { newNumericId } from "../core/ids.ts";
import { type Comment, findPage, type Page, type Thread } from "../core/world.ts";

export interface NewComment {
  readonly message: string;
  readonly parentId?: string | undefined;
  readonly photoId?: string | undefined;
}

/** A public comment under the page's post; it opens one private reply, not the thread. */
export function commentAs(sim: Sim, thread: Thread, input: NewComment): Comment {
  return addComment(sim, findPage(sim.world, thread.pageId), {
    ...input,
    psid: thread.psid,
    author: thread.name,
  });
}

export interface CommentInput extends NewComment {
  readonly psid: string | undefined;
  readonly author: string;
  /** Nobody is told of it. */
  readonly silent?: boolean;
}

export function addComment(sim: Sim, page: Page, input: CommentInput): Comment {
  const comment: Comment = {
    id: `${page.postId.split("_").at(-1)}_${newNumericId(15)}`,
    postId: page.postId,
    parentId: input.parentId ?? page.postId,
    psid: input.psid,
    author: input.author,
    message: input.message,
    at: sim.time.stamp(),
    windowAt: sim.time.windowNow(),
    hidden: false,
    liked: false,
    photoId: input.photoId,
    privateReplyMid: undefined,
  };
  page.comments.set(comment.id, comment);
  if (!input.silent) emitComment(sim, page, { comment, verb: "add" });
  return comment;
}

export function editComment(sim: Sim, page: Page, { id, message }: { id: string; message: string }): void {
  const comment = page.comments.get(id);
  if (!comment) throw new Error(`no comment ${id}`);
  comment.message = message;
  emitComment(sim, page, { comment, verb: "edited" });
}

export function removeComment(sim: Sim, page: Page, id: string): void {
  const comment = page.comments.get(id);
  if (!comment) throw new Error(`no comment ${id}`);
  page.comments.delete(id);
  emitComment(sim, page, { comment, verb: "remove" });
}

export function emitComment(
  sim: Sim,
  page: Page,
  { comment, verb }: { comment: Comment; verb: "add" | "edited" | "remove" | "hide" | "unhide" },
): void {
  sim.changed();
  const isUnnamed = comment.psid !== undefined && sim.faults.peek("comments.withoutFrom");
  feed(sim, page, {
    item: "comment",
    verb,
    comment_id: comment.id,
    post_id: comment.postId,
    parent_id: comment.parentId,
    from: isUnnamed ? undefined : { id: authorId(page, comment), name: comment.author },
    photo: comment.photoId === undefined ? undefined : sim.media.url(comment.photoId),
    post: { permalink_url: permalink(page) },
    message: verb === "remove" ? undefined : comment.message,
    created_time: Math.floor(comment.at / 1000),
  });
}

/** A comment's author goes by another id than in Messenger. */
const authorId = (page: Page, { psid }: Comment): string =>
  psid === undefined ? page.id : `61${psid.slice(2)}`;

export const permalink = (page: Page): string =>
  `https://www.facebook.com/${page.id}/posts/${page.postId.split("_").at(-1)}`;

export function emitLike(sim: Sim, page: Page, comment: Comment): void {
  sim.changed();
  feed(sim, page, {
    item: "reaction",
    verb: comment.liked ? "add" : "remove",
    reaction_type: "like",
    comment_id: comment.id,
    post_id: comment.postId,
    parent_id: comment.parentId,
    from: { id: page.id, name: page.name },
    created_time: Math.floor(sim.time.now() / 1000),
  });
}

/** The page's people change or take down the post. */
export function changePost(sim: Sim, page: Page, message: string | undefined): void {
  page.post = message === undefined ? { ...page.post, removed: true } : { message, removed: false };
  feed(sim, page, {
    item: "status",
    verb: message === undefined ? "remove" : "edited",
    post_id: page.postId,
    from: { id: page.id, name: page.name },
    message,
    created_time: Math.floor(sim.time.now() / 1000),
  });
}

function feed(sim: Sim, page: Page, value: JsonObject): void {
  const item = { field: "feed", value };
  void sim.webhooks.emit({ pageId: page.id, field: "feed", container: "changes", item });
}

export function findComment(sim: Sim, id: string): { page: Page; comment: Comment } | undefined {
  for (const page of sim.world.pages.values()) {
    const comment = page.comments.get(id);
    if (comment) return { page, comment };
  }
  return undefined;
}
