import type { Client } from "./client.ts";

const keyOf = (client: Client, ticketId: string) =>
  `tongdai.comment.${client.store.getState().session.me?.id ?? ""}.${ticketId}`;

/** What is typed and not sent stays on this machine, whatever is looked at meanwhile. */
export const readCommentDraft = (client: Client, ticketId: string): string =>
  client.storage.get(keyOf(client, ticketId)) ?? "";

export function keepCommentDraft(client: Client, ticketId: string, text: string): void {
  const key = keyOf(client, ticketId);
  if (text.trim() === "") client.storage.remove(key);
  else client.storage.set(key, text);
}
