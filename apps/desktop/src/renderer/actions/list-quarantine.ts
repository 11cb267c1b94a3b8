import type { CommandOutput } from "@tongdai/shared";
import type { Client } from "./client.ts";

export type Quarantine = CommandOutput<"channel_account.quarantine">["accounts"][number];

export async function listQuarantine(client: Client): Promise<Quarantine[]> {
  return (await client.request("channel_account.quarantine", {})).accounts;
}
