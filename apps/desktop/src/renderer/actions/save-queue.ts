import type { CommandInput, Queue } from "@tongdai/shared";
import { learn } from "../state/learn.ts";
import type { Client } from "./client.ts";

export async function saveQueue(client: Client, input: CommandInput<"queue.save">): Promise<Queue> {
  const answer = await client.request("queue.save", input);
  client.update((s) => learn(s, answer, client.now()));
  return answer.queue;
}
