import type { ChannelAccount, CommandInput } from "@tongdai/shared";
import { learn } from "../state/learn.ts";
import type { Client } from "./client.ts";

export async function saveChannelAccount(
  client: Client,
  input: CommandInput<"channel_account.save">,
): Promise<ChannelAccount> {
  const answer = await client.request("channel_account.save", input);
  client.update((s) => learn(s, answer, client.now()));
  return answer.account;
}
