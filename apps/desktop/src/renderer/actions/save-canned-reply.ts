import type { CannedReply, CommandInput } from "@tongdai/shared";
import { put, without } from "../state/same.ts";
import type { Client } from "./client.ts";

export async function saveCannedReply(
  client: Client,
  input: CommandInput<"canned_reply.save">,
): Promise<CannedReply> {
  const { cannedReply } = await client.request("canned_reply.save", input);
  client.update((s) => ({
    ...s,
    people: { ...s.people, cannedReplies: put(s.people.cannedReplies, cannedReply.id, cannedReply) },
  }));
  return cannedReply;
}

export async function removeCannedReply(client: Client, id: string): Promise<void> {
  await client.request("canned_reply.remove", { id });
  client.update((s) => ({
    ...s,
    people: { ...s.people, cannedReplies: without(s.people.cannedReplies, id) },
  }));
}
