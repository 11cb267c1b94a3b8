import type { AccountBacklog, CommandOutput } from "@tongdai/shared";
import type { Client } from "./client.ts";

export async function listBacklog(client: Client): Promise<AccountBacklog[]> {
  return (await client.request("channel_account.backlog", {})).accounts;
}

export const listFailures = (
  client: Client,
  accountId: string,
  cursor?: string,
): Promise<CommandOutput<"message.failures">> =>
  client.request("message.failures", { accountId, ...(cursor ? { cursor } : {}) });

/** The gateway takes at most a hundred at a time. @returns how many leave again */
export async function resendFailures(
  client: Client,
  accountId: string,
  messageIds: readonly string[],
): Promise<number> {
  let count = 0;
  for (let from = 0; from < messageIds.length; from += 100) {
    const some = messageIds.slice(from, from + 100);
    count += (await client.request("message.resend", { accountId, messageIds: some })).resent.length;
  }
  return count;
}
