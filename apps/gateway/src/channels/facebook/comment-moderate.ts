import { AppError, type CommentAct } from "@tongdai/shared";
import { z } from "zod";
import { failureOf, refusal } from "./errors.ts";
import type { Graph, GraphRequest } from "./graph.ts";

/** Source: Meta, "Comment" (`is_hidden`, deleting) and "Object likes". */
function requestOf(comment: string, act: CommentAct): GraphRequest {
  const path = encodeURIComponent(comment);
  switch (act) {
    case "hide":
    case "unhide":
      return { method: "POST", path, body: { is_hidden: act === "hide" } };
    case "like":
      return { method: "POST", path: `${path}/likes`, body: {} };
    case "unlike":
      return { method: "DELETE", path: `${path}/likes` };
    case "delete":
      return { method: "DELETE", path };
  }
}

const State = z.object({
  is_hidden: z.boolean().nullish().catch(null),
  user_likes: z.boolean().nullish().catch(null),
});

/**
 * Brings a comment into a state. Meta refuses what is so already, so a refusal is believed only when the comment is not as it
 * was asked for.
 * @throws AppError `channel_paused`, `unavailable`, or `channel_refused` with the `failure`
 */
export async function moderate(
  graph: Graph,
  { comment, act }: { comment: string; act: CommentAct },
  signal: AbortSignal,
): Promise<void> {
  const answer = await graph(requestOf(comment, act), signal);
  if (answer.kind === "ok") return;
  const error = refusal(answer);
  if (error.code !== "channel_refused") throw error;
  const failure = failureOf(answer);
  if (act === "delete" ? failure === "gone" : await isSo(graph, { comment, act }, signal)) return;
  throw new AppError("channel_refused", error.message, { ...error.details, failure });
}

async function isSo(
  graph: Graph,
  { comment, act }: { comment: string; act: CommentAct },
  signal: AbortSignal,
): Promise<boolean> {
  const query = { fields: "is_hidden,user_likes" };
  const answer = await graph({ method: "GET", path: encodeURIComponent(comment), query }, signal);
  const state = answer.kind === "ok" ? State.safeParse(answer.body).data : undefined;
  if (act === "hide" || act === "unhide") return state?.is_hidden === (act === "hide");
  return state?.user_likes === (act === "like");
}
