import { z } from "zod";
import type { Profile } from "../channel.ts";
import { Text } from "../kit/values.ts";
import { refusal } from "./errors.ts";
import type { Graph } from "./graph.ts";

const PREFIX = "comment:";

/** Stands for the author of a comment whom Meta does not name: nobody knows what else they wrote. */
export const unknownAuthor = (commentId: string): string => `${PREFIX}${commentId}`;

/** The comment of such an author; `null`: it is somebody else. */
export const commentOfUnknown = (externalId: string): string | null =>
  externalId.startsWith(PREFIX) ? externalId.slice(PREFIX.length) : null;

const Answer = z.object({ from: z.object({ name: Text }).nullish().catch(null) });

/** The author's name, once the permission to know it is there. Source: Meta, "Comment". Throws as `fetchProfile` does. */
export async function fetchAuthor(
  graph: Graph,
  commentId: string,
  signal: AbortSignal,
): Promise<Profile | null> {
  const path = encodeURIComponent(commentId);
  const answer = await graph({ method: "GET", path, query: { fields: "from" } }, signal);
  if (answer.kind !== "ok") {
    const error = refusal(answer);
    if (error.code === "channel_refused") return null;
    throw error;
  }
  const name = Answer.safeParse(answer.body).data?.from?.name.trim();
  return name ? { name, pictureUrl: null } : null;
}
