import type { Mirror } from "../types.ts";
import type { comments as vi } from "../vi/comments.ts";

/** Public comments beneath a post. */
export const comments: Mirror<typeof vi> = {
  post: "Post",
  postGone: "Post taken down",
  noWords: "What the post says is not known yet",
  openPost: "Open the post",
  somebody: "Somebody",
  hide: "Hide comment",
  unhide: "Show comment again",
  like: "Like comment",
  unlike: "Take the like back",
  delete: "Delete comment",
  answerPrivately: "Answer in private, by message",
  isPrivate: "Private answer",
  isHidden: "Hidden",
  isLiked: "Liked",
  isAsked: "Waiting for the channel",
  done: {
    hide: "The comment is being hidden",
    unhide: "The comment is being shown again",
    like: "Comment liked",
    unlike: "Like taken back",
    delete: "The comment will be gone for good in a few seconds",
  },
  failed: {
    hide: "Not hidden: {{reason}}",
    unhide: "Not shown again: {{reason}}",
    like: "Not liked: {{reason}}",
    unlike: "Like not taken back: {{reason}}",
    delete: "Not deleted: {{reason}}",
  },
  publicMode: "Public",
  privateMode: "Private",
  everybody: "Everybody can read this",
  onlyThem: "Only {{name}} can read this, {{time}} left",
  onceEach: "It goes by message, once for each comment",
  obstacle: {
    none: "There is no comment to answer in private",
    used: "This comment has had its private answer",
    late: "More than 7 days ago: no private answer any more",
  },
  postPublicly: "Post publicly",
  sendPrivately: "Send privately",
  placeholder: "Answer {{name}} publicly",
  privatePlaceholder: "Write to {{name}} in private",
};
