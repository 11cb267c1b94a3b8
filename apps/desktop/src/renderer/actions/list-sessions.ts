import type { Session } from "@tongdai/shared";
import type { Client } from "./client.ts";

export async function listSessions(client: Client): Promise<Session[]> {
  return (await client.request("session.list", {})).sessions;
}
