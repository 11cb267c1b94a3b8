import type { Sim } from "../core/context.ts";
import { newNumericId } from "../core/ids.ts";
import { type Comment, findPage, type Page, type Thread } from "../core/world.ts";

export interface NewComment {
  readonly message: string;
  readonly parentId?: string | undefined;
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
    privateReplyMid: undefined,
  };
  page.comments.set(comment.id, comment);
  emitComment(sim, page, { comment, verb: "add" });
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
  void sim.webhooks.emit({
    pageId: page.id,
    field: "feed",
    container: "changes",
    item: {
      field: "feed",
      value: {
        item: "comment",
        verb,
        comment_id: comment.id,
        post_id: comment.postId,
        parent_id: comment.parentId,
        from: { id: comment.psid ?? page.id, name: comment.author },
        message: verb === "remove" ? undefined : comment.message,
        created_time: Math.floor(comment.at / 1000),
      },
    },
  });
}

export function findComment(sim: Sim, id: string): { page: Page; comment: Comment } | undefined {
  for (const page of sim.world.pages.values()) {
    const comment = page.comments.get(id);
    if (comment) return { page, comment };
  }
  return undefined;
}
