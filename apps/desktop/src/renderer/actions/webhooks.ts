import type { CommandInput, CommandOutput, WebhookDelivery } from "@tongdai/shared";
import type { Client } from "./client.ts";

export const countWaiting = async (client: Client): Promise<Readonly<Record<string, number>>> =>
  (await client.request("webhook.waiting", {})).waiting;

export const saveWebhook = (
  client: Client,
  input: CommandInput<"webhook.save">,
): Promise<CommandOutput<"webhook.save">> => client.request("webhook.save", input);

export const removeWebhook = (client: Client, id: string): Promise<unknown> =>
  client.request("webhook.remove", { id });

export const rotateSecret = async (client: Client, id: string): Promise<string> =>
  (await client.request("webhook.rotate", { id })).secret;

export const testWebhook = async (client: Client, id: string): Promise<WebhookDelivery> =>
  (await client.request("webhook.test", { id })).delivery;

export const listDeliveries = (
  client: Client,
  input: CommandInput<"webhook.deliveries">,
): Promise<CommandOutput<"webhook.deliveries">> => client.request("webhook.deliveries", input);

export const getDelivery = (client: Client, id: string): Promise<CommandOutput<"webhook.delivery">> =>
  client.request("webhook.delivery", { id });

export const resendDelivery = async (client: Client, id: string): Promise<WebhookDelivery> =>
  (await client.request("webhook.resend", { id })).delivery;
