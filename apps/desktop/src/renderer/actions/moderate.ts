import type { CommentAct, Message } from "@tongdai/shared";
import { learn } from "../state/learn.ts";
import type { Client } from "./client.ts";
import { run } from "./run.ts";

/** Asks for a comment to be hidden, liked or deleted; what becomes of it stands at the comment. */
export async function moderate(client: Client, messageId: string, act: CommentAct): Promise<void> {
  const answer = await client.request("message.moderate", { messageId, act });
  client.update((s) => learn(s, answer, client.now()));
}

const GRACE_MS = 6_000;
const nameOf = (messageId: string): string => `comment.delete.${messageId}`;

/** Nobody can bring a deleted comment back, so there is a moment in which it can be kept. */
export const deleteSoon = (client: Client, { id }: Message): void =>
  client.later.put(nameOf(id), GRACE_MS, () => run(client, moderate(client, id, "delete")));

export const keepAfterAll = (client: Client, { id }: Message): void => client.later.cancel(nameOf(id));
