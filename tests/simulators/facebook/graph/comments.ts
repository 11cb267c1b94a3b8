import { drawSamplePicture } from "../../kit/drawings.ts";
import { asText, type JsonObject } from "../../kit/json.ts";
import type { Sim } from "../core/context.ts";
import type { Comment } from "../core/world.ts";
import {
  addComment,
  emitComment,
  emitLike,
  findComment,
  permalink,
  removeComment,
} from "../customer/comments.ts";
import { type GraphCall, type GraphReply, pageCaller } from "./call.ts";
import { errors, invalid } from "./errors.ts";

/** Longer than anybody waits. */
const NEVER_MS = 600_000;

/** /{comment-id} and /{comment-id}/comments. */
export function commentEndpoint(sim: Sim, call: GraphCall, id: string): GraphReply {
  const { page } = pageCaller(sim, call, "me");
  if (sim.faults.strike("comments.noPermission")) throw errors.noPermission();
  if (sim.faults.strike("comments.noAnswer")) return { json: {}, closeInstead: true };
  const found = findComment(sim, id);
  if (!found || found.page.id !== page.id) throw errors.noObject(id, call.method.toLowerCase());
  const { comment } = found;
  const edge = call.path[1];
  if (edge === "comments" && call.method === "POST") {
    const message = asText(call.values["message"]);
    if (!message) throw invalid("param message must be non-empty.");
    const silent = sim.faults.strike("comments.silent") !== undefined;
    const input = { message, parentId: id, psid: undefined, author: page.name, silent };
    const json = { id: addComment(sim, page, input).id };
    if (silent) return { json, delayMs: NEVER_MS };
    return sim.faults.strike("comments.closeAfterWrite") ? { json, closeInstead: true } : { json };
  }
  if (edge === "likes" && call.method !== "GET") return like(sim, found, call.method === "POST");
  if (edge !== undefined) throw errors.unknownPath(`/${call.path.join("/")}`);
  if (call.method === "GET") return { json: commentJson(comment) };
  if (call.method === "DELETE") removeComment(sim, page, id);
  else hide(sim, { page, comment }, call);
  return { json: { success: true } };
}

function like(
  sim: Sim,
  { page, comment }: NonNullable<ReturnType<typeof findComment>>,
  on: boolean,
): GraphReply {
  comment.liked = on;
  emitLike(sim, page, comment);
  return { json: { success: true } };
}

/** GET /{post-id} */
export function postEndpoint(sim: Sim, call: GraphCall): GraphReply {
  const { page } = pageCaller(sim, call, "me");
  if (sim.faults.strike("comments.noPermission")) throw errors.noPermission();
  if (page.post.removed || call.path[0] !== page.postId) throw errors.noObject(page.postId, "get");
  return {
    json: {
      id: page.postId,
      message: page.post.message,
      permalink_url: permalink(page),
      full_picture: sim.media.url(postPicture(sim)),
      created_time: new Date(sim.time.now() - 86_400_000).toISOString().replace(/\.\d+Z$/, "+0000"),
    },
  };
}

const pictures = new WeakMap<Sim, string>();

function postPicture(sim: Sim): string {
  const known = pictures.get(sim);
  const id =
    known ?? sim.media.put({ bytes: drawSamplePicture(), contentType: "image/png", name: "ao-dai.png" });
  pictures.set(sim, id);
  return id;
}

function hide(
  sim: Sim,
  { page, comment }: NonNullable<ReturnType<typeof findComment>>,
  call: GraphCall,
): void {
  const hidden = call.values["is_hidden"];
  const on = hidden === true || hidden === "true";
  if (!on && hidden !== false && hidden !== "false") throw invalid("param is_hidden must be a boolean");
  if (comment.hidden === on) throw invalid(`The comment is already ${on ? "hidden" : "visible"}`, 1446036);
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
    user_likes: comment.liked,
  };
}
