import type { CommandInput, User } from "@tongdai/shared";
import { learn } from "../state/learn.ts";
import type { Client } from "./client.ts";

export async function createUser(client: Client, input: CommandInput<"user.create">): Promise<User> {
  const answer = await client.request("user.create", input);
  client.update((s) => learn(s, answer, client.now()));
  return answer.user;
}
