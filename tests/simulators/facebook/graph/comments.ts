import { asText, type JsonObject } from "../../kit/json.ts";
import type { Sim } from "../core/context.ts";
import type { Comment } from "../core/world.ts";
import { addComment, emitComment, findComment, removeComment } from "../customer/comments.ts";
import { type GraphCall, type GraphReply, pageCaller } from "./call.ts";
import { errors, invalid } from "./errors.ts";

/** /{comment-id} and /{comment-id}/comments. */
export function commentEndpoint(sim: Sim, call: GraphCall, id: string): GraphReply {
  const { page } = pageCaller(sim, call, "me");
  const found = findComment(sim, id);
  if (!found || found.page.id !== page.id) throw errors.noObject(id, call.method.toLowerCase());
  const { comment } = found;
  const edge = call.path[1];
  if (edge === "comments" && call.method === "POST") {
    const message = asText(call.values["message"]);
    if (!message) throw invalid("param message must be non-empty.");
    const input = { message, parentId: id, psid: undefined, author: page.name };
    return { json: { id: addComment(sim, page, input).id } };
  }
  if (edge !== undefined) throw errors.unknownPath(`/${call.path.join("/")}`);
  if (call.method === "GET") return { json: commentJson(comment) };
  if (call.method === "DELETE") removeComment(sim, page, id);
  else hide(sim, { page, comment }, call);
  return { json: { success: true } };
}

function hide(
  sim: Sim,
  { page, comment }: NonNullable<ReturnType<typeof findComment>>,
  call: GraphCall,
): void {
  const hidden = call.values["is_hidden"];
  const on = hidden === true || hidden === "true";
  if (!on && hidden !== false && hidden !== "false") throw invalid("param is_hidden must be a boolean");
  comment.hidden = on;
  emitComment(sim, page, { comment, verb: comment.hidden ? "hide" : "unhide" });
}

function commentJson(comment: Comment): JsonObject {
  return {
    id: comment.id,
    message: comment.message,
    from: comment.psid === undefined ? undefined : { id: comment.psid, name: comment.author },
    created_time: new Date(comment.at).toISOString().replace(/\.\d+Z$/, "+0000"),
    parent: comment.parentId === comment.postId ? undefined : { id: comment.parentId },
    can_hide: true,
    can_remove: true,
    can_reply_privately: comment.psid !== undefined && comment.privateReplyMid === undefined,
    is_hidden: comment.hidden,
  };
}
