import type { CommandInput, User } from "@tongdai/shared";
import { learn } from "../state/learn.ts";
import type { Client } from "./client.ts";

export async function updateUser(client: Client, input: CommandInput<"user.update">): Promise<User> {
  const answer = await client.request("user.update", input);
  client.update((s) => learn(s, answer, client.now()));
  return answer.user;
}
