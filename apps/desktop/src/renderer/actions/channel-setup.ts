import type { CommandOutput } from "@tongdai/shared";
import type { Client } from "./client.ts";

export type ChannelSetup = CommandOutput<"channel_account.setup">;

export const channelSetup = (client: Client, accountId: string | null): Promise<ChannelSetup> =>
  client.request("channel_account.setup", { accountId });
