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

type Resent = CommandOutput<"message.resend">;

/** The gateway takes at most a hundred at a time. @returns what leaves again, and what would only fail again */
export async function resendFailures(
  client: Client,
  accountId: string,
  messageIds: readonly string[],
): Promise<Resent> {
  const all: Resent = { resent: [], hopeless: [] };
  for (let from = 0; from < messageIds.length; from += 100) {
    const some = messageIds.slice(from, from + 100);
    const { resent, hopeless } = await client.request("message.resend", { accountId, messageIds: some });
    all.resent.push(...resent);
    all.hopeless.push(...hopeless);
  }
  return all;
}
