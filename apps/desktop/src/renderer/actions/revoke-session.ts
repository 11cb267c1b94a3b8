import type { Client } from "./client.ts";

export async function revokeSession(client: Client, sessionId: string): Promise<void> {
  await client.request("session.revoke", { sessionId });
}
