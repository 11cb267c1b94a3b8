import type { Client } from "./client.ts";

export async function signOutUser(client: Client, userId: string): Promise<void> {
  await client.request("user.sign_out", { userId });
}
