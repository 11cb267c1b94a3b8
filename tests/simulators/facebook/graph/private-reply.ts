import type { Sim } from "../core/context.ts";
import { HUMAN_AGENT_WINDOW_MS } from "../core/threads.ts";
import type { Comment, Page, Thread } from "../core/world.ts";
import { findComment } from "../customer/comments.ts";
import { errors, invalid } from "./errors.ts";

/** One private message per comment, within seven days, and only to comments on the caller's own page. */
export function commentRecipient(sim: Sim, page: Page, id: string): { thread: Thread; comment: Comment } {
  const found = findComment(sim, id);
  if (!found || found.page.id !== page.id) throw invalid("Invalid comment_id parameter", 2018292);
  const { comment } = found;
  if (comment.privateReplyMid !== undefined) throw errors.alreadyReplied();
  if (sim.time.windowNow() - comment.windowAt > HUMAN_AGENT_WINDOW_MS) {
    throw invalid("The comment is too old for a private reply");
  }
  const thread = comment.psid === undefined ? undefined : page.threads.get(comment.psid);
  if (!thread) throw errors.notToThisActivity();
  return { thread, comment };
}

export function markReplied(comment: Comment, mid: string): void {
  comment.privateReplyMid = mid;
}
