import type { CommandInput } from "@tongdai/shared";
import type { Client } from "./client.ts";

export async function changePassword(client: Client, input: CommandInput<"password.change">): Promise<void> {
  await client.request("password.change", input);
}
