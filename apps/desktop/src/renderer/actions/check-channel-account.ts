import type { ChannelAccount } from "@tongdai/shared";
import { learn } from "../state/learn.ts";
import type { Client } from "./client.ts";

/** Asks the vendor whether the account works; resumes it when it does. */
export async function checkChannelAccount(client: Client, accountId: string): Promise<ChannelAccount> {
  const answer = await client.request("channel_account.check", { accountId });
  client.update((s) => learn(s, answer, client.now()));
  return answer.account;
}
