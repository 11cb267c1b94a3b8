import type { CommandOutput } from "@tongdai/shared";
import { withNotices } from "../state/notices.ts";
import type { Client } from "./client.ts";

export type AgentHistory = CommandOutput<"agent.history">;

export const agentHistory = (client: Client, userId: string): Promise<AgentHistory> =>
  client.request("agent.history", { userId });

/** What happened today before this client was there. */
export async function loadNotices(client: Client): Promise<void> {
  const { notices } = await client.request("floor.notices", {});
  client.update((s) => withNotices(s, notices));
}
