import { z } from "zod";
import type { PostFacts } from "../channel.ts";
import { Text, webUrl } from "../kit/values.ts";
import { refusal } from "./errors.ts";
import type { Graph } from "./graph.ts";

const Answer = z.object({
  message: Text.nullish().catch(null),
  story: Text.nullish().catch(null),
  permalink_url: z.unknown().optional(),
  full_picture: z.unknown().optional(),
  created_time: z.string().nullish().catch(null),
});

/** Source: Meta, "Page post". A post without words has a story ("changed their cover photo"). */
export async function fetchPost(
  graph: Graph,
  postId: string,
  signal: AbortSignal,
): Promise<PostFacts | null> {
  const query = { fields: "message,story,permalink_url,full_picture,created_time" };
  const answer = await graph({ method: "GET", path: encodeURIComponent(postId), query }, signal);
  if (answer.kind !== "ok") {
    const error = refusal(answer);
    if (error.code === "channel_refused") return null;
    throw error;
  }
  const post = Answer.safeParse(answer.body).data;
  if (!post) return null;
  const at = Date.parse(post.created_time ?? "");
  return {
    text: post.message ?? post.story ?? "",
    url: webUrl(post.permalink_url),
    pictureUrl: webUrl(post.full_picture),
    postedAt: Number.isNaN(at) ? null : at,
  };
}
