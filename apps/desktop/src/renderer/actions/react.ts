import type { Message } from "@tongdai/shared";
import { learn } from "../state/learn.ts";
import { putMessage } from "../state/threads.ts";
import type { Client } from "./client.ts";

/** Sets our reaction, or takes it back with `null`; shown at once, undone when it is refused. */
export async function react(client: Client, message: Message, emoji: string | null): Promise<void> {
  const others = message.reactions.filter((r) => r.by !== "us");
  const ours = emoji === null ? [] : [{ by: "us" as const, emoji, at: client.now() }];
  client.update((s) => putMessage(s, { ...message, reactions: [...others, ...ours] }));
  try {
    const answer = await client.request("message.react", { messageId: message.id, emoji });
    client.update((s) => learn(s, answer, client.now()));
  } catch (cause) {
    client.update((s) => putMessage(s, message));
    throw cause;
  }
}
