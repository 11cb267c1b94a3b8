import type { Client } from "./client.ts";

/** The vendor's page on which the account's owner gives us permission. */
export const consentUrl = async (client: Client, accountId: string): Promise<string> =>
  (await client.request("channel_account.connect", { accountId })).url;
